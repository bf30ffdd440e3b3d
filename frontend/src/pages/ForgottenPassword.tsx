import type { FormEvent } from "react";
import { Link } from "react-router";
import { useForgotten } from "../api/entering";
import { fieldErrors } from "../api/problem";
import { Entry } from "../components/entry/Entry";
import { TextField } from "../components/Field";
import { Alert } from "../components/Trouble";
import { t } from "../words";

export default function ForgottenPassword() {
    const ask = useForgotten();
    const { email: mistake } = ask.error ? fieldErrors(ask.error) : { email: "" };
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        ask.mutate(String(new FormData(event.currentTarget).get("email")).trim());
    }
    if (ask.isSuccess)
        return (
            <Entry title={t("Look into your mail")}>
                <p role="status">{t("If there is an account with that address, a link is on its way. It works for a day, once.")}</p>
                <p className="small muted">{t("Nothing there after five minutes? Look into the spam folder, or try again with another address.")}</p>
                <Link className="btn line" to="/sign-in">
                    {t("Back to sign in")}
                </Link>
            </Entry>
        );
    return (
        <Entry title={t("Forgot the password?")}>
            <p className="muted">{t("Tell us your e-mail address. We send a link with which you choose a new one.")}</p>
            {ask.error && !mistake ? <Alert error={ask.error} /> : null}
            <form className="stack" onSubmit={send}>
                <TextField label={t("E-mail")} name="email" type="email" autoComplete="email" error={mistake} />
                <button className="btn wide" disabled={ask.isPending}>
                    {t("Send the link")}
                </button>
            </form>
        </Entry>
    );
}
