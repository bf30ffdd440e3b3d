import {
    type Question,
    useConfirmSetUp,
    useSecondFactor,
    useSecondFactorByPasskey,
    useSetUp,
} from "../../api/entering";
import { asProblem } from "../../api/problem";
import { knowsPasskeys } from "../../api/passkeys";
import { t } from "../../words";
import { Codes } from "../security/Codes";
import { CodeForm, Seed } from "../security/Seed";
import { Skeleton } from "../Skeleton";
import { Alert } from "../Trouble";
import { Entry } from "./Entry";
import { PasskeyButton } from "./PasskeyButton";

/** After the first proof: the second one is shown, or, for staff without one, set up. `again`: from the beginning. */
export function SecondStep({ question, again }: { question: Question; again: () => void }) {
    return question.kind === "show" ? <Show question={question} again={again} /> : <SetUp question={question} again={again} />;
}

type Props = { question: Question; again: () => void };
const isOver = (error: unknown) => Boolean(error) && asProblem(error).code === "challenge_over";

function Show({ question: { challenge, methods }, again }: Props) {
    const show = useSecondFactor();
    const passkey = useSecondFactorByPasskey();
    const hasApp = methods.includes("totp");
    if (isOver(show.error) || isOver(passkey.error)) return <Over again={again} />;
    return (
        <Entry title={t("Show that it is you")}>
            {methods.includes("webauthn") && knowsPasskeys() && (
                <PasskeyButton
                    words={t("Use your passkey")}
                    failed={t("The passkey did not answer. Try again, or type a code.")}
                    entry={passkey}
                    ask={() => passkey.mutate(challenge)}
                />
            )}
            <p className="muted">
                {hasApp
                    ? t("Type the code that your authenticator app shows now. A recovery code works too.")
                    : t("Is your passkey not at hand? Type a recovery code.")}
            </p>
            <CodeForm
                label={hasApp ? t("Code of your app, or a recovery code") : t("Recovery code")}
                error={show.error}
                isPending={show.isPending}
                send={(code) => show.mutate({ challenge, code })}
                button={t("Sign in")}
                isWide
            />
            <p className="aside-note">
                {t("Everything lost? Write to us; we make sure that it is you and open the account again.")}
                <br />
                <Again again={again} />
            </p>
        </Entry>
    );
}

function SetUp({ question: { challenge }, again }: Props) {
    const begun = useSetUp(challenge);
    const confirm = useConfirmSetUp();
    if (isOver(begun.error) || isOver(confirm.error)) return <Over again={again} />;
    if (confirm.data)
        return (
            <div className="wrap">
                <div className="entry">
                    <Codes codes={confirm.data.recovery_codes} done={confirm.goOn} />
                </div>
            </div>
        );
    return (
        <Entry title={t("Set up a second factor")}>
            <p className="muted">{t("Whoever works in this shop signs in with a password and a code of their telephone.")}</p>
            <Alert error={begun.error} />
            {begun.data ? (
                <Seed
                    seed={begun.data}
                    error={confirm.error}
                    isPending={confirm.isPending}
                    send={(code) => confirm.mutate({ challenge, setup: begun.data.setup, code })}
                    button={t("Use this app and sign in")}
                />
            ) : (
                !begun.error && <Skeleton kind="lines" />
            )}
        </Entry>
    );
}

function Over({ again }: { again: () => void }) {
    return (
        <Entry title={t("That took too long")}>
            <p role="alert">{t("It took too long or was tried too often. Nothing is lost: sign in once more.")}</p>
            <button type="button" className="btn" onClick={again}>
                {t("Begin again")}
            </button>
        </Entry>
    );
}

function Again({ again }: { again: () => void }) {
    return (
        <button type="button" className="link-button" onClick={again}>
            {t("Begin again")}
        </button>
    );
}
