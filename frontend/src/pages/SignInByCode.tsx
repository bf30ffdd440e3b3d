import type { FormEvent } from "react";
import { Link } from "react-router";
import { questionIn, useAskCode, useCodeSignIn } from "../api/entering";
import { asProblem, fieldErrors } from "../api/problem";
import { Entry } from "../components/entry/Entry";
import { SecondStep } from "../components/entry/SecondStep";
import { useGoOnSignedIn } from "../components/entry/goOn";
import { TextField } from "../components/Field";
import { CodeForm } from "../components/security/Seed";
import { Alert } from "../components/Trouble";
import { t } from "../words";

/** Six digits to a number that was confirmed in an account. What is said is the same whether anybody has the number. */
export default function SignInByCode() {
    const { user, next } = useGoOnSignedIn();
    const ask = useAskCode();
    const enter = useCodeSignIn();
    function again() {
        enter.reset();
        ask.reset();
    }
    const question = questionIn(enter.error);
    const isOver = asProblem(enter.error).code === "challenge_over";
    if (question && !user) return <SecondStep question={question} again={again} />;
    if (ask.data && !isOver)
        return (
            <Entry title={t("Type the code")}>
                <p className="muted" role="status">
                    {t("If somebody signs in with {phone}, a message with six digits is on its way. They work for ten minutes.", { phone: ask.variables })}
                </p>
                <CodeForm
                    label={t("Code of the message")}
                    error={enter.error}
                    isPending={enter.isPending}
                    send={(code) => enter.mutate({ challenge: ask.data.challenge, code })}
                    button={t("Sign in")}
                    isWide
                />
                <p className="aside-note">
                    {t("No message?")}{" "}
                    <button type="button" className="link-button" onClick={again}>
                        {t("Ask for a new code")}
                    </button>
                </p>
            </Entry>
        );
    return <AskForOne ask={ask} isOver={isOver && !ask.isPending} forget={enter.reset} next={next} />;
}

type Props = { ask: ReturnType<typeof useAskCode>; isOver: boolean; forget: () => void; next: string };

function AskForOne({ ask, isOver, forget, next }: Props) {
    const { phone: mistake } = ask.error ? fieldErrors(ask.error) : { phone: "" };
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        forget();
        ask.mutate(String(new FormData(event.currentTarget).get("phone")).trim());
    }
    return (
        <Entry title={t("Sign in with a code")}>
            <p className="muted">{t("We send six digits to the number that you confirmed in your account.")}</p>
            {isOver && (
                <p className="note" role="alert">
                    {t("This code is too old or was tried too often. Ask for a new one.")}
                </p>
            )}
            {ask.error && !mistake ? <Alert error={ask.error} /> : null}
            <form className="stack" onSubmit={send}>
                <TextField label={t("Mobile number")} name="phone" type="tel" autoComplete="tel" error={mistake} />
                <button className="btn wide" disabled={ask.isPending}>
                    {t("Send the code")}
                </button>
            </form>
            <p className="aside-note">
                <Link to={`/sign-in?next=${encodeURIComponent(next)}`}>{t("Sign in with the password")}</Link>
            </p>
        </Entry>
    );
}
