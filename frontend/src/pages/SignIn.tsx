import { type FormEvent, useEffect } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useSignIn } from "../api/account";
import { asProblem } from "../api/problem";
import { useUser } from "../api/session";
import { TextField } from "../components/Field";
import { Page } from "../components/Page";
import { Alert } from "../components/Trouble";
import { afterSignIn } from "../paths";
import { t } from "../words";

export default function SignIn() {
    const user = useUser();
    const goTo = useNavigate();
    const [params] = useSearchParams();
    const signIn = useSignIn();
    const next = afterSignIn(params.get("next"));
    useEffect(() => {
        if (user) goTo(next, { replace: true });
    }, [user, goTo, next]);
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        signIn.mutate({ username: String(form.get("username")).trim(), password: String(form.get("password")) });
    }
    const isWrong = signIn.error && asProblem(signIn.error).status === 401;
    return (
        <Page title={t("Sign in")}>
            <div className="entry formbox">
                <h1>{t("Sign in")}</h1>
                {isWrong ? (
                    <div className="alert" role="alert">
                        <b>{t("That name and password do not belong together.")}</b>
                    </div>
                ) : (
                    <Alert error={signIn.error} />
                )}
                <form className="stack" onSubmit={send}>
                    <TextField label={t("E-mail or user name")} name="username" autoComplete="username" autoCapitalize="none" />
                    <TextField label={t("Password")} name="password" type="password" autoComplete="current-password" />
                    <button className="btn wide" disabled={signIn.isPending}>
                        {t("Sign in")}
                    </button>
                </form>
                <p className="small muted">{t("For your safety a reload of the page signs you out here.")}</p>
                <p className="small">
                    <a href="/account/password/reset/">{t("Forgot the password?")}</a>
                </p>
                <p className="aside-note">
                    {t("New here?")} <Link to={`/sign-up?next=${encodeURIComponent(next)}`}>{t("Make an account")}</Link>
                    <br />
                    {t("You can also buy without one.")}
                </p>
            </div>
        </Page>
    );
}
