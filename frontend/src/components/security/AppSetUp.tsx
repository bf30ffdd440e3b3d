import toast from "react-hot-toast/headless";
import type { Schemas } from "../../api/client";
import { asProblem } from "../../api/problem";
import { useConfirmApp } from "../../api/security";
import { t } from "../../words";
import { FocusedTitle } from "../FocusedTitle";
import { Seed } from "./Seed";

type Props = { begun: Schemas["TotpBegun"]; leave: () => void; done: (codes: string[]) => void };

/** The app counts once a code of it was typed; until then nothing has changed. */
export function AppSetUp({ begun, leave, done }: Props) {
    const confirm = useConfirmApp();
    function send(code: string) {
        const kept = ({ recovery_codes }: Schemas["RecoveryCodes"]) => {
            toast(t("From now on the sign-in asks for a code of your app."));
            done(recovery_codes);
        };
        confirm.mutate({ challenge: begun.challenge, code }, { onSuccess: kept });
    }
    const isOver = confirm.error && asProblem(confirm.error).code === "challenge_over";
    return (
        <section aria-labelledby="set-up">
            <FocusedTitle id="set-up">{t("Set up an authenticator app")}</FocusedTitle>
            <Seed
                seed={begun}
                error={confirm.error}
                isPending={confirm.isPending}
                send={send}
                button={t("Use this app")}
                leave={leave}
                leaveWords={isOver ? t("Begin again") : undefined}
            />
        </section>
    );
}
