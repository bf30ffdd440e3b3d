import type { FormEvent } from "react";
import toast from "react-hot-toast/headless";
import { type Order, useCashCode } from "../../api/orders";
import { asProblem } from "../../api/problem";
import { t, tn } from "../../words";
import { Alert } from "../Trouble";

/** Cash on delivery that its buyer confirms by a one-time code. */
export function CashCode({ order }: { order: Order }) {
    const confirm = useCashCode(order.id);
    const again = useCashCode(order.id);
    if (!order.cash_code_wanted) return null;
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const code = String(new FormData(event.currentTarget).get("code") ?? "").replace(/\s/g, "");
        confirm.mutate(code, { onSuccess: () => toast(t("Thank you: the order is confirmed.")) });
    }
    const left = asProblem(confirm.error).members.tries_left;
    return (
        <form className="panel stack" onSubmit={send} aria-label={t("Confirm the order")}>
            <Alert error={confirm.error ?? again.error}>
                {typeof left === "number" && <p>{tn("{number} try is left.", "{number} tries are left.", left)}</p>}
            </Alert>
            <div className="field">
                <label htmlFor="cash-code">{t("The code we sent you")}</label>
                <input
                    id="cash-code"
                    name="code"
                    inputMode="numeric"
                    autoComplete="one-time-code"
                    maxLength={7}
                    required
                    aria-describedby="cash-code-note"
                />
                <p className="small muted" id="cash-code-note">
                    {t("Six digits, by mail or SMS. We pack the order when you have typed them; after a day it ends.")}
                </p>
            </div>
            <div className="acts-row">
                <button className="btn" disabled={confirm.isPending}>
                    {t("Confirm the order")}
                </button>
                <button
                    type="button"
                    className="btn line"
                    disabled={again.isPending}
                    onClick={() => again.mutate("", { onSuccess: () => toast(t("A new code is on its way.")) })}
                >
                    {t("Send a new code")}
                </button>
            </div>
        </form>
    );
}
