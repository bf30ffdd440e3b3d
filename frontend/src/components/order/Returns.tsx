import { Link } from "react-router";
import { type Return, useReturns } from "../../api/orders";
import { money } from "../../money";
import { t } from "../../words";

/** What is coming back of an order, and what its buyer gets for it. */
export function Returns({ id }: { id: number }) {
    const { data } = useReturns(id);
    if (!data || data.length === 0) return null;
    return (
        <section aria-labelledby="returns">
            <h2 className="h-xl" id="returns">
                {t("Sent back")}
            </h2>
            <ul>
                {data.map((coming) => (
                    <li className="parcel" key={coming.id}>
                        <div className="ticket-top">
                            <b>
                                <bdi>{coming.number}</bdi>
                            </b>
                            <p className={`status ${coming.status === "rejected" ? "trouble" : "good"}`}>{label(coming)}</p>
                        </div>
                        <p className="small muted">{coming.items.map((item) => `${item.quantity} × ${item.name}`).join(", ")}</p>
                        <p className="small">{whatNow(coming)}</p>
                        <Instead of={coming} />
                    </li>
                ))}
            </ul>
        </section>
    );
}

function label({ status }: Return): string {
    const words: Record<Return["status"], string> = {
        requested: t("Asked for"),
        approved: t("Send it to us"),
        rejected: t("Not taken back"),
        received: t("Here again"),
        refunded: t("Settled"),
    };
    return words[status] ?? status;
}

function whatNow(coming: Return): string {
    const amount = money(coming.amount, coming.currency);
    const words: Record<Return["status"], string> = {
        requested: t("We look at it and write to you."),
        approved: hasMoney(coming) ? t("Send it to us; the money goes back when it is here.") : t("Send it to us; what you want instead waits for it."),
        rejected: coming.answer,
        received: t("It is here."),
        refunded: hasMoney(coming) ? t("{amount} has gone back to you.", { amount }) : t("It is here."),
    };
    return words[coming.status] ?? "";
}

const hasMoney = (coming: Return) => Number(coming.amount) > 0;

function Instead({ of }: { of: Return }) {
    const wanted = of.items.filter((item) => item.exchange_for).map((item) => `${item.quantity} × ${item.exchange_for!.sku}`);
    if (wanted.length === 0) return null;
    if (!of.replacement) return <p className="small">{t("You want {wanted} instead.", { wanted: wanted.join(", ") })}</p>;
    return (
        <p className="small">
            {t("What you want instead:")}{" "}
            <Link className="link" to={`/order/${of.replacement.id}`}>
                {t("Order {number}", { number: of.replacement.number })}
            </Link>
        </p>
    );
}
