import type { FormEvent } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useSignIn, useSignUp } from "../api/account";
import { fieldErrors } from "../api/problem";
import { MistakeList, TextField } from "../components/Field";
import { Page } from "../components/Page";
import { Alert } from "../components/Trouble";
import { afterSignIn } from "../paths";
import { t } from "../words";

export default function SignUp() {
    const goTo = useNavigate();
    const [params] = useSearchParams();
    const signUp = useSignUp();
    const signIn = useSignIn();
    const next = afterSignIn(params.get("next"));
    const mistakes = signUp.error ? fieldErrors(signUp.error) : {};
    async function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [email, password, name] = ["email", "password", "name"].map((field) => String(form.get(field) ?? "").trim());
        const made = await signUp.mutateAsync({ email: email!, password: password!, name: name! }).catch(() => null);
        if (!made) return;
        // An address that is taken answers the same (its owner gets a mail); then signing in is refused, and said there.
        const entered = await signIn.mutateAsync({ username: email!, password: password! }).catch(() => null);
        goTo(entered ? next : `/sign-in?next=${encodeURIComponent(next)}`, { replace: true });
    }
    return (
        <Page title={t("Make an account")}>
            <div className="entry formbox">
                <h1>{t("Make an account")}</h1>
                <p className="muted">{t("It keeps your addresses and orders. Nothing more.")}</p>
                <MistakeList mistakes={mistakes} />
                {signUp.error && Object.keys(mistakes).length === 0 ? <Alert error={signUp.error} /> : null}
                <form className="stack" onSubmit={send}>
                    <TextField label={t("Name")} name="name" autoComplete="name" optional />
                    <TextField label={t("E-mail")} name="email" type="email" autoComplete="email" error={mistakes.email} />
                    <TextField
                        label={t("Password")}
                        name="password"
                        type="password"
                        autoComplete="new-password"
                        minLength={8}
                        help={t("At least eight characters, and not a common one.")}
                        error={mistakes.password}
                    />
                    <button className="btn wide" disabled={signUp.isPending || signIn.isPending}>
                        {t("Make my account")}
                    </button>
                </form>
                <p className="aside-note">
                    {t("Have one already?")} <Link to={`/sign-in?next=${encodeURIComponent(next)}`}>{t("Sign in")}</Link>
                </p>
            </div>
        </Page>
    );
}
