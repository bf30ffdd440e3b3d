import { useEffect } from "react";
import { Link, useLocation, useParams } from "react-router";
import { arrived } from "../api/attempt";
import { type Order as OrderBody, useOrder } from "../api/orders";
import { useUser } from "../api/session";
import { addressLines } from "../address";
import { Awaited } from "../components/Awaited";
import { MiniLines, Sums } from "../components/CartParts";
import { Icon } from "../components/Icon";
import { Acts } from "../components/order/Acts";
import { CashCode } from "../components/order/CashCode";
import { OrderElsewhere } from "../components/order/OrderElsewhere";
import { Parcels } from "../components/order/Parcels";
import { PayAgain } from "../components/order/PayAgain";
import { Returns } from "../components/order/Returns";
import { Page } from "../components/Page";
import { Boundary } from "../components/Trouble";
import { money } from "../money";
import { progressOf, statusOf, whatHappensNow } from "../progress";
import { day, t, tn } from "../words";

/** One page for the confirmation and for following the order: the buyer's and, by the cart's token, a guest's. */
export default function Order() {
    const id = Number(useParams().id);
    const order = useOrder(id);
    return (
        <Awaited of={order} skeleton="two" meanwhile={t("Order")} instead={<OrderElsewhere />}>
            {(data) => <Shown key={data.id} order={data} refetch={order.refetch} />}
        </Awaited>
    );
}

function Shown({ order, refetch }: { order: OrderBody; refetch: () => void }) {
    const place = useArrival();
    useEffect(() => arrived(order), [order]);
    const count = order.items.reduce((sum, item) => sum + item.quantity, 0);
    return (
        <Page title={t("Order {number}", { number: order.number })}>
            <Heading order={order} isNew={Boolean(place?.justPlaced)} />
            <div className="two">
                <div className="stack wide-gap">
                    <PayAgain order={order} outcome={place?.outcome ?? ""} refetch={refetch} />
                    <CashCode order={order} />
                    <section className="ticket" aria-labelledby="ticket">
                        <div className="selvedge" />
                        <div className="in">
                            <h2 className="h-xl" id="ticket">
                                {statusOf(order).words}
                            </h2>
                            <HappensNow order={order} />
                            <ol className="timeline">
                                {progressOf(order).map(({ title, text, state }) => (
                                    <li key={title} className={state} aria-current={state === "now" ? "step" : undefined}>
                                        <b>{title}</b>
                                        {text && <span>{text}</span>}
                                    </li>
                                ))}
                            </ol>
                            <Acts order={order} refetch={refetch} />
                        </div>
                    </section>
                    <Boundary resetKey={order.number} isPart>
                        <Parcels id={order.id} />
                        <Returns id={order.id} />
                    </Boundary>
                </div>
                <aside className="stack wide-gap">
                    <div className="panel mini">
                        <h2 className="h-xl">{tn("{number} piece", "{number} pieces", count)}</h2>
                        <MiniLines
                            currency={order.currency}
                            lines={order.items}
                        />
                        <div className="sums">
                            <Sums of={order} count={count} label={t("Total")} />
                        </div>
                    </div>
                    <div>
                        <h2 className="h-small">{t("Going to")}</h2>
                        <address className="muted">
                            {addressLines(order.address).map((line) => (
                                <span key={line} className="tw:block">
                                    {line}
                                </span>
                            ))}
                        </address>
                        {order.can_change_address && (
                            <Link className="link small" to={`/order/${order.id}/address`}>
                                {t("Change the address")}
                            </Link>
                        )}
                    </div>
                    <Said title={t("A word to the workshop")} text={order.note} />
                    <Said title={t("A note to go with a gift")} text={order.gift_note} />
                </aside>
            </div>
        </Page>
    );
}

/** How somebody came: by placing it here, or back from a gateway's own page (`?payment=`). */
function useArrival(): { justPlaced?: boolean; outcome?: string } | null {
    const { state, search } = useLocation();
    const told = new URLSearchParams(search).get("payment");
    return told ? { justPlaced: told === "paid" || told === "waiting", outcome: told } : state;
}

function Heading({ order, isNew }: { order: OrderBody; isNew: boolean }) {
    const user = useUser();
    if (!isNew)
        return (
            <div className="head page-head">
                <h1 data-status={order.status}>
                    {t("Order")} <bdi className="num">{order.number}</bdi>
                </h1>
                <p className="small muted">{day(order.placed_at)}</p>
            </div>
        );
    const name = (order.address.name ?? "").split(" ")[0];
    const isPaid = order.payment_status === "paid";
    return (
        <div className="thanks">
            {isPaid && (
                <p className="ok with-icon">
                    <Icon name="check" />
                    {t("Paid {total}", { total: money(order.total, order.currency) })}
                </p>
            )}
            <h1 data-status={order.status}>{name ? t("Thank you, {name}.", { name }) : t("Thank you.")}</h1>
            <p className="muted">
                {t("Order")}{" "}
                <b className="num">
                    <bdi>{order.number}</bdi>
                </b>
                . {t("We have written to {email}.", { email: order.email })}
            </p>
            {!user && <p className="small muted">{t("In this browser the page stays yours. The mail has a link for everywhere else.")}</p>}
        </div>
    );
}

function HappensNow({ order }: { order: OrderBody }) {
    const text = whatHappensNow(order);
    const by = order.arrival?.latest_date;
    return (
        <>
            {by && <p>{t("With you by {day}.", { day: day(by) })}</p>}
            {text && <p className="muted">{text}</p>}
        </>
    );
}

function Said({ title, text }: { title: string; text: string }) {
    if (!text) return null;
    return (
        <div>
            <h2 className="h-small">{title}</h2>
            <p className="muted tw:whitespace-pre-line">{text}</p>
        </div>
    );
}
