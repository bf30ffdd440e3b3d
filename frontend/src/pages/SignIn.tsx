import { type FormEvent, useEffect } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useSecondFactor, useSignIn } from "../api/account";
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
    const refusal = asProblem(signIn.error);
    const challenge = signIn.error && refusal.code === "second_factor_required" ? String(refusal.members.challenge ?? "") : "";
    if (challenge && !user) return <SecondFactor challenge={challenge} again={() => signIn.reset()} />;
    const isWrong = signIn.error && refusal.status === 401 && !refusal.code.startsWith("second_factor");
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

/** The code of an authenticator app, or a recovery code. A passkey can be shown on the rendered pages. */
function SecondFactor({ challenge, again }: { challenge: string; again: () => void }) {
    const show = useSecondFactor();
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const code = String(new FormData(event.currentTarget).get("code") ?? "").replace(/\s/g, "");
        show.mutate({ challenge, code });
    }
    return (
        <Page title={t("Sign in")}>
            <div className="entry formbox">
                <h1>{t("One more thing")}</h1>
                <Alert error={show.error} />
                <form className="stack" onSubmit={send}>
                    <TextField
                        label={t("Code of your app, or a recovery code")}
                        name="code"
                        autoComplete="one-time-code"
                        autoCapitalize="none"
                        autoFocus
                    />
                    <button className="btn wide" disabled={show.isPending}>
                        {t("Sign in")}
                    </button>
                </form>
                <p className="small">
                    <button type="button" className="link-button" onClick={again}>
                        {t("Begin again")}
                    </button>{" "}
                    <a href="/account/login/">{t("Use a passkey on the plain pages")}</a>
                </p>
            </div>
        </Page>
    );
}
