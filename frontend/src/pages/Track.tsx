import type { FormEvent } from "react";
import { Link } from "react-router";
import { useLookUp } from "../api/orders";
import { fieldErrors } from "../api/problem";
import { Entry } from "../components/entry/Entry";
import { TextField } from "../components/Field";
import { FocusedTitle } from "../components/FocusedTitle";
import { Page } from "../components/Page";
import { Alert } from "../components/Trouble";
import { t } from "../words";

/** The way back to an order of somebody who has neither account nor link left. */
export default function Track() {
    const ask = useLookUp();
    const mistakes = ask.error ? fieldErrors(ask.error) : {};
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const typed = new FormData(event.currentTarget);
        ask.mutate({ number: String(typed.get("number")).trim(), email: String(typed.get("email")).trim() });
    }
    if (ask.isSuccess) return <Asked again={ask.reset} />;
    return (
        <Entry title={t("Track an order")}>
            <p className="muted">{t("Ordered without an account? We send the way to your order to the address you ordered with.")}</p>
            <p className="muted">
                {t("With an account you need no link.")}{" "}
                <Link className="link" to="/account/orders">
                    {t("Your orders")}
                </Link>
            </p>
            {ask.error && !mistakes.number && !mistakes.email ? <Alert error={ask.error} /> : null}
            <form className="stack" onSubmit={send}>
                <TextField
                    label={t("Order number")}
                    name="number"
                    maxLength={24}
                    autoComplete="off"
                    autoCapitalize="characters"
                    spellCheck={false}
                    help={t("As it stands in every letter: OS-24183.")}
                    error={mistakes.number}
                />
                <TextField
                    label={t("E-mail")}
                    name="email"
                    type="email"
                    autoComplete="email"
                    help={t("The one you ordered with.")}
                    error={mistakes.email}
                />
                <button className="btn wide" disabled={ask.isPending}>
                    {t("Send the link")}
                </button>
            </form>
        </Entry>
    );
}

function Asked({ again }: { again: () => void }) {
    return (
        <Page title={t("Look into your mail")}>
            <div className="entry formbox">
                <FocusedTitle>{t("Look into your mail")}</FocusedTitle>
                <p role="status">
                    {t("If there is such an order, the way to it has gone to its e-mail address. The link works for a day.")}
                </p>
                <p className="small muted">
                    {t("Nothing there after five minutes? Look into the spam folder, or see whether number and address are those of the order.")}
                </p>
                <button className="btn line" type="button" onClick={again}>
                    {t("Try again")}
                </button>
            </div>
        </Page>
    );
}
