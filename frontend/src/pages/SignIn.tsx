import type { FormEvent } from "react";
import { Link, useSearchParams } from "react-router";
import { useSignIn } from "../api/account";
import { questionIn } from "../api/entering";
import { asProblem } from "../api/problem";
import { Entry } from "../components/entry/Entry";
import { OtherWays } from "../components/entry/OtherWays";
import { SecondStep } from "../components/entry/SecondStep";
import { useGoOnSignedIn } from "../components/entry/goOn";
import { TextField } from "../components/Field";
import { Alert } from "../components/Trouble";
import { t } from "../words";

export default function SignIn() {
    const { user, next } = useGoOnSignedIn();
    const isNew = useSearchParams()[0].get("password") === "new";
    const signIn = useSignIn();
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        signIn.mutate({ username: String(form.get("username")).trim(), password: String(form.get("password")) });
    }
    const question = questionIn(signIn.error);
    if (question && !user) return <SecondStep question={question} again={signIn.reset} />;
    return (
        <Entry title={t("Sign in")}>
            {isNew && !signIn.error && (
                <p className="note" role="status">
                    {t("Your new password is set. Sign in with it.")}
                </p>
            )}
            {signIn.error && !question && asProblem(signIn.error).status === 401 ? (
                <div className="alert" role="alert">
                    <b>{t("That name and password do not belong together.")}</b>
                </div>
            ) : (
                <Alert error={question ? null : signIn.error} />
            )}
            <form className="stack" onSubmit={send}>
                <TextField label={t("E-mail or user name")} name="username" autoComplete="username" autoCapitalize="none" />
                <TextField label={t("Password")} name="password" type="password" autoComplete="current-password" />
                <button className="btn wide" disabled={signIn.isPending}>
                    {t("Sign in")}
                </button>
            </form>
            <OtherWays next={next} />
            <p className="small entry-links">
                <Link to="/forgotten-password">{t("Forgot the password?")}</Link>
            </p>
            <p className="aside-note">
                {t("New here?")} <Link to={`/sign-up?next=${encodeURIComponent(next)}`}>{t("Make an account")}</Link>
                <br />
                {t("You can also buy without one.")}
            </p>
        </Entry>
    );
}
