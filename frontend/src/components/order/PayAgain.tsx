import { useState } from "react";
import { type Order, type Placing, usePayOtherwise } from "../../api/orders";
import { type Outcome, pay } from "../../api/payments";
import { afterCredit, money } from "../../money";
import { waysToPay } from "../../preferences";
import { t, time } from "../../words";
import { Alert } from "../Trouble";

type Method = Placing["payment_method"];
type Props = { order: Order; outcome: string; refetch: () => void };
const HELD_MINUTES = 30; // the pieces of an unpaid order; docs/frontend.md

/** An order that waits for money, with what came of the last try, and the other ways of paying it. */
export function PayAgain({ order, outcome, refetch }: Props) {
    const [isBusy, setBusy] = useState(false);
    const [last, setLast] = useState<Outcome | null>(null);
    const [error, setError] = useState<unknown>(null);
    const otherwise = usePayOtherwise(order.id);
    if (!order.can_pay) return null;
    async function begin(wanted: Order) {
        setBusy(true);
        setError(null);
        try {
            setLast(await pay(wanted));
            refetch();
        } catch (problem) {
            setError(problem);
        } finally {
            setBusy(false);
        }
    }
    const take = (method: Method) => otherwise.mutate(method, { onSuccess: (changed) => void begin(changed) });
    const due = money(afterCredit(order.total, order.store_credit, order.currency), order.currency);
    const isWaiting = isBusy || otherwise.isPending;
    return (
        <section className="panel stack" aria-labelledby="pay">
            <h2 className="h-xl" id="pay">
                {t("{total} to pay", { total: due })}
            </h2>
            <LastTry kind={error ? "" : (last?.kind ?? outcome)} />
            <HeldUntil placedAt={order.placed_at} />
            <Alert error={error ?? otherwise.error} />
            <button type="button" className="btn" disabled={isWaiting} onClick={() => begin(order)}>
                {t("Pay {total}", { total: due })}
            </button>
            <OtherWays order={order} isBusy={isWaiting} take={take} />
        </section>
    );
}

function LastTry({ kind }: { kind: string }) {
    if (kind === "failed")
        return (
            <div className="alert" role="alert">
                <b>{t("The payment did not go through")}</b>
                <p>{t("Nothing has been charged. Try again, or choose another way.")}</p>
            </div>
        );
    if (kind === "left") return <p className="note">{t("Nothing has been charged. The order waits for you.")}</p>;
    if (kind === "unknown") return <p className="note">{t("We do not know yet what came of the payment. Wait a minute before you try again.")}</p>;
    if (kind === "problem") return <p className="note">{t("The payment could not begin. The order waits for you.")}</p>;
    return null;
}

function HeldUntil({ placedAt }: { placedAt: string }) {
    const until = new Date(placedAt).getTime() + HELD_MINUTES * 60_000;
    if (until < Date.now()) return <p className="small muted">{t("We held the pieces for 30 minutes. If they are still there when you pay, they are yours.")}</p>;
    return <p className="small muted">{t("We hold the pieces for you until {until}.", { until: time(new Date(until)) })}</p>;
}

/** Buttons for all ways but the one that was chosen. The server knows which may be taken, and says why not. */
export function OtherWays({ order, isBusy, take }: { order: Order; isBusy: boolean; take: (method: Method) => void }) {
    const others = waysToPay(order.currency).filter((code) => code !== order.payment.method) as Method[];
    const words: Record<string, string> = {
        razorpay: t("Pay by UPI, card or net banking instead"),
        stripe: t("Pay by card instead"),
        cod: t("Pay in cash on delivery instead"),
    };
    return (
        <div className="acts-row">
            {others.map((code) => (
                <button key={code} type="button" className="link plain" disabled={isBusy} onClick={() => take(code)}>
                    {words[code] ?? code}
                </button>
            ))}
        </div>
    );
}
