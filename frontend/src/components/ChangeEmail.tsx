import { type FormEvent, type ReactNode, useRef } from "react";
import toast from "react-hot-toast/headless";
import { useChangeEmail, useSendLinkAgain } from "../api/mailLinks";
import { fieldErrors } from "../api/problem";
import { useOwnProfile } from "../api/security";
import { t } from "../words";
import { TextField } from "./Field";
import { refusalOf, useFresh } from "./security/fresh";
import { Alert } from "./Trouble";

/** Nothing moves until the link that goes to the new address is opened. */
export function ChangeEmail() {
    const { data: me } = useOwnProfile();
    const { act, proof } = useFresh();
    const change = useChangeEmail();
    const form = useRef<HTMLFormElement>(null);
    if (!me) return null;
    const mistakes = change.error ? fieldErrors(change.error) : {};
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const typed = new FormData(event.currentTarget);
        const asked = { email: String(typed.get("new_email")).trim(), password: String(typed.get("password_for_email") ?? "") };
        void act(async () => {
            await change.mutateAsync(asked);
            form.current?.reset();
        });
    }
    return (
        <section className="block" aria-labelledby="email-title">
            {proof || (
                <>
                    <h2 id="email-title">{t("E-mail")}</h2>
                    <p>
                        <span className="muted">{t("Now:")}</span> <bdi>{me.email}</bdi>
                    </p>
                    {me.pending_email ? (
                        <Waiting>{t("We have written to {email}. It counts once you open the link in that mail.", { email: me.pending_email })}</Waiting>
                    ) : (
                        !me.is_verified && <Waiting>{t("Not confirmed yet: open the link in the mail that we sent there.")}</Waiting>
                    )}
                    <form className="stack narrow formbox" ref={form} onSubmit={send}>
                        {change.error && Object.keys(mistakes).length === 0 ? <Alert error={refusalOf(change.error)} /> : null}
                        <TextField label={t("New e-mail")} name="new_email" type="email" autoComplete="email" error={mistakes.email} />
                        {me.has_password && (
                            <TextField
                                label={t("Password now")}
                                name="password_for_email"
                                type="password"
                                autoComplete="current-password"
                                error={mistakes.password}
                            />
                        )}
                        <button className="btn line" disabled={change.isPending}>
                            {t("Move to this address")}
                        </button>
                    </form>
                </>
            )}
        </section>
    );
}

/** An address that waits for its owner, and the mail once more. */
function Waiting({ children }: { children: ReactNode }) {
    const again = useSendLinkAgain();
    return (
        <div className="note stack narrow">
            <p role="status">{children}</p>
            <Alert error={again.error} />
            <p>
                <button
                    type="button"
                    className="link plain small"
                    disabled={again.isPending}
                    onClick={() => again.mutate(undefined, { onSuccess: () => toast(t("The link is on its way.")) })}
                >
                    {t("Send the link again")}
                </button>
            </p>
        </div>
    );
}
