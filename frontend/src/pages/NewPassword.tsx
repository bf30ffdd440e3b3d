import type { FormEvent } from "react";
import { Link, useNavigate } from "react-router";
import { useNewPassword } from "../api/entering";
import { signedOut } from "../api/session";
import { asProblem, fieldErrors } from "../api/problem";
import { Entry } from "../components/entry/Entry";
import { useSecretOfLink } from "../components/entry/useSecretOfLink";
import { TextField } from "../components/Field";
import { Alert } from "../components/Trouble";
import { t } from "../words";

/** The link of the mail to somebody who forgot the password, and the end of taking an account back. */
export default function NewPassword() {
    const token = useSecretOfLink();
    const goTo = useNavigate();
    const choose = useNewPassword();
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get("new_password"));
        choose.mutate({ token, new_password: typed }, { onSuccess: done });
    }
    function done() {
        signedOut(); // all its sign-ins have ended, this one too
        goTo("/sign-in?password=new", { replace: true });
    }
    const mistakes = choose.error ? fieldErrors(choose.error) : {};
    if (!token || mistakes.token || asProblem(choose.error).code === "link_invalid") return <TooOld />;
    return (
        <Entry title={t("Choose a new password")}>
            {choose.error && !mistakes.new_password ? <Alert error={choose.error} /> : null}
            <form className="stack" onSubmit={send}>
                <TextField
                    label={t("New password")}
                    name="new_password"
                    type="password"
                    autoComplete="new-password"
                    minLength={8}
                    help={t("At least eight characters, and not a common one.")}
                    error={mistakes.new_password}
                />
                <button className="btn wide" disabled={choose.isPending}>
                    {t("Save the password")}
                </button>
            </form>
        </Entry>
    );
}

function TooOld() {
    return (
        <Entry title={t("This link has been used or is too old")}>
            <p role="alert">{t("Ask for a new one. Your old password still works.")}</p>
            <Link className="btn" to="/forgotten-password">
                {t("Send a new link")}
            </Link>
        </Entry>
    );
}
