import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import toast from "react-hot-toast/headless";
import { lapsesIn, useCloseAccount } from "../api/ownData";
import { fieldErrors } from "../api/problem";
import { useOwnProfile } from "../api/security";
import { t } from "../words";
import { TextField } from "./Field";
import { FormActs } from "./FormActs";
import { Alert } from "./Trouble";

/** Asked for twice: the button opens the form, the form wants the password and a tick. */
export function CloseAccount() {
    const [isOpen, setOpen] = useState(false);
    return (
        <section className="block last" aria-labelledby="close-title">
            <h2 id="close-title">{t("Close the account")}</h2>
            <p className="tw:max-w-[62ch]">
                {t(
                    "Your name, addresses, notices and answers are erased at once and cannot be brought back. Orders and invoices stay with the books for as long as tax law asks. An order on its way still arrives.",
                )}
            </p>
            {isOpen ? (
                <CloseForm leave={() => setOpen(false)} />
            ) : (
                <p>
                    <button type="button" className="btn line" onClick={() => setOpen(true)}>
                        {t("Close my account")}
                    </button>
                </p>
            )}
        </section>
    );
}

function CloseForm({ leave }: { leave: () => void }) {
    const { data: me } = useOwnProfile();
    const goTo = useNavigate();
    const close = useCloseAccount(gone);
    if (!me) return null;
    const lapses = lapsesIn(close.error);
    const { password: mistake } = close.error ? fieldErrors(close.error) : { password: "" };
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const password = String(new FormData(event.currentTarget).get("closing_password") ?? "");
        close.mutate({ password, confirmed: lapses.length > 0 });
    }
    function gone() {
        goTo("/", { replace: true });
        toast(t("Your account is closed. Orders stay with the books for as long as the law asks."));
    }
    return (
        <form className="stack narrow formbox" onSubmit={send}>
            {lapses.length > 0 ? (
                <Alert error={close.error}>
                    <p>{t("Nothing was closed yet. Press once more to go on all the same.")}</p>
                </Alert>
            ) : (
                !mistake && <Alert error={close.error} />
            )}
            {me.has_password && (
                <TextField
                    label={t("Your password")}
                    name="closing_password"
                    type="password"
                    autoComplete="current-password"
                    error={mistake}
                    autoFocus
                />
            )}
            <label className="check">
                <input type="checkbox" name="sure" required />
                <span>{t("I know that this cannot be undone.")}</span>
            </label>
            <FormActs words={t("Close my account for good")} isPending={close.isPending} leave={leave} />
        </form>
    );
}
