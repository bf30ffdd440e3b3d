import { Link } from "react-router";
import { useStoreCredit } from "../api/credit";
import { money } from "../money";
import { day, t } from "../words";

/** On the dashboard: what is there, and where it came from. Nothing where there never was any. */
export function StoreCredit() {
    const { data } = useStoreCredit();
    if (!data || data.count === 0) return null;
    return (
        <section aria-labelledby="credit">
            <h2 className="h-xl" id="credit">
                {t("Store credit")}
            </h2>
            <p className="credit-balance">
                <b className="num">{money(data.balance, data.currency)}</b>
            </p>
            <ul className="credit-rows">
                {data.entries.slice(0, 5).map((entry) => (
                    <li key={entry.id}>
                        <span className="small">
                            {entry.order_id ? (
                                <Link className="link" to={`/order/${entry.order_id}`}>
                                    {entryWords(entry.kind)}
                                </Link>
                            ) : (
                                entryWords(entry.kind)
                            )}{" "}
                            <span className="muted">{day(entry.at)}</span>
                        </span>
                        <span className="num">{money(entry.amount, data.currency)}</span>
                    </li>
                ))}
            </ul>
        </section>
    );
}

function entryWords(kind: string): string {
    const words: Record<string, string> = {
        granted_by_staff: t("Given by the shop"),
        granted_refund: t("For what you sent back"),
        spent: t("Paid an order"),
        returned: t("Back from an order"),
        expired: t("Ended"),
        withdrawn_by_staff: t("Taken back by the shop"),
    };
    return words[kind] ?? kind;
}
