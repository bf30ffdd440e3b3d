import type { FormEvent } from "react";
import { useChangeEmail } from "../api/devices";
import { fieldErrors } from "../api/problem";
import { t } from "../words";
import { TextField } from "./Field";
import { Alert } from "./Trouble";

/** Nothing moves until the link that goes to the new address is opened. */
export function ChangeEmail({ email }: { email: string }) {
    const change = useChangeEmail();
    const mistakes = change.error ? fieldErrors(change.error) : {};
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        change.mutate({ email: String(form.get("new_email")).trim(), password: String(form.get("password_for_email")) });
    }
    return (
        <section className="block">
            <h2>{t("E-mail")}</h2>
            <form className="stack narrow formbox" onSubmit={send}>
                <p className="small muted">
                    {t("Now:")} <bdi>{email}</bdi>
                </p>
                {change.isSuccess && (
                    <p className="note" role="status">
                        {t("We have written to the new address. Open the link in that mail to move there.")}
                    </p>
                )}
                {change.error && Object.keys(mistakes).length === 0 ? <Alert error={change.error} /> : null}
                <TextField label={t("New e-mail")} name="new_email" type="email" autoComplete="email" error={mistakes.email} />
                <TextField
                    label={t("Password now")}
                    name="password_for_email"
                    type="password"
                    autoComplete="current-password"
                    error={mistakes.password}
                />
                <button className="btn line" disabled={change.isPending}>
                    {t("Move to this address")}
                </button>
            </form>
        </section>
    );
}
