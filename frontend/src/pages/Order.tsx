import { useState } from "react";
import toast from "react-hot-toast/headless";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import { type Outcome, pay } from "../api/payments";
import { type Order as OrderBody, useBuyAgain, useCancel, useOrder, useTracking, waitsForMoney } from "../api/orders";
import { useUser } from "../api/session";
import { type Address, addressLines } from "../address";
import { MiniLines, optionsText, Sums } from "../components/CartParts";
import { Icon } from "../components/Icon";
import { Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { Alert, Trouble } from "../components/Trouble";
import { money } from "../money";
import { progressOf, statusWords } from "../progress";
import { day, t, tn } from "../words";

/** One page for the confirmation and for following the order: the buyer's and, by the cart's token, a guest's. */
export default function Order() {
    const id = Number(useParams().id);
    const { data, error, refetch } = useOrder(id);
    if (error) return <div className="wrap"><Trouble error={error} again={refetch} /></div>;
    if (!data) return <div className="wrap"><Skeleton kind="lines" /></div>;
    return <Shown order={data} refetch={refetch} />;
}

function Shown({ order, refetch }: { order: OrderBody; refetch: () => void }) {
    const place = useLocation().state as { justPlaced?: boolean; outcome?: string } | null;
    const count = order.items.reduce((sum, item) => sum + item.quantity, 0);
    return (
        <Page title={t("Order {number}", { number: order.number })}>
            <Heading order={order} isNew={Boolean(place?.justPlaced)} />
            <div className="two">
                <div className="stack wide-gap">
                    <PayAgain order={order} outcome={place?.outcome ?? ""} refetch={refetch} />
                    <section className="ticket" aria-labelledby="ticket">
                        <div className="selvedge" />
                        <div className="in">
                            <h2 className="h-xl" id="ticket">
                                {statusWords(order)}
                            </h2>
                            <ol className="timeline">
                                {progressOf(order).map(({ title, text, state }) => (
                                    <li key={title} className={state} aria-current={state === "now" ? "step" : undefined}>
                                        <b>{title}</b>
                                        {text && <span>{text}</span>}
                                    </li>
                                ))}
                            </ol>
                            <Acts order={order} />
                        </div>
                    </section>
                    <Parcels id={order.id} />
                </div>
                <aside className="stack wide-gap">
                    <div className="panel mini">
                        <h2 className="h-xl">{tn("{number} piece", "{number} pieces", count)}</h2>
                        <MiniLines
                            currency={order.currency}
                            lines={order.items.map((item) => ({ ...item, options: item.options as Record<string, string>, total: item.total }))}
                        />
                        <div className="sums">
                            <Sums of={order} count={count} label={t("Total")} />
                        </div>
                    </div>
                    <div>
                        <h2 className="h-small">{t("Going to")}</h2>
                        <address className="muted">
                            {addressLines(order.address as Partial<Address>).map((line) => (
                                <span key={line} className="tw:block">
                                    {line}
                                </span>
                            ))}
                        </address>
                    </div>
                </aside>
            </div>
        </Page>
    );
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
    const name = String((order.address as Partial<Address>).name ?? "").split(" ")[0];
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

/** An order that waits for money, with what came of the last try. */
function PayAgain({ order, outcome, refetch }: { order: OrderBody; outcome: string; refetch: () => void }) {
    const [isBusy, setBusy] = useState(false);
    const [last, setLast] = useState<Outcome | null>(null);
    const [error, setError] = useState<unknown>(null);
    if (!waitsForMoney(order)) return null;
    async function again() {
        setBusy(true);
        setError(null);
        try {
            setLast(await pay(order));
            refetch();
        } catch (problem) {
            setError(problem);
        } finally {
            setBusy(false);
        }
    }
    const kind = last?.kind ?? outcome;
    return (
        <section className="panel stack" aria-labelledby="pay">
            <h2 className="h-xl" id="pay">
                {t("{total} to pay", { total: money(order.total, order.currency) })}
            </h2>
            {kind === "failed" && (
                <div className="alert" role="alert">
                    <b>{t("The payment did not go through")}</b>
                    <p>{t("Nothing has been charged. Try again, or choose another way.")}</p>
                </div>
            )}
            {kind === "left" && <p className="note">{t("Nothing has been charged. The order waits for you.")}</p>}
            {kind === "problem" && !error && <p className="note">{t("The payment could not begin. The order waits for you.")}</p>}
            <Alert error={error} />
            <button type="button" className="btn" disabled={isBusy} onClick={again}>
                {t("Pay {total}", { total: money(order.total, order.currency) })}
            </button>
        </section>
    );
}

function Acts({ order }: { order: OrderBody }) {
    const cancel = useCancel(order.id);
    const mayCancel = order.status === "pending" || order.status === "paid";
    const mayReturn = order.status === "delivered";
    return (
        <div className="acts-row">
            {mayReturn && (
                <Link className="btn line" to={`/order/${order.id}/return`}>
                    {t("Send something back")}
                </Link>
            )}
            {!mayCancel && <BuyAgain id={order.id} />}
            {mayCancel && order.fulfillment_status === "unfulfilled" && (
                <details className="cancel">
                    <summary className="link plain">{t("Cancel")}</summary>
                    <div className="panel stack">
                        <p className="small">{t("The pieces go back to the shelf and what was paid comes back to you.")}</p>
                        <button type="button" className="btn line" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
                            {t("Cancel the order")}
                        </button>
                    </div>
                </details>
            )}
            <Alert error={cancel.error} />
        </div>
    );
}

function BuyAgain({ id }: { id: number }) {
    const again = useBuyAgain(id);
    const goTo = useNavigate();
    const buy = () =>
        again.mutate(undefined, {
            onSuccess: ({ added, not_available }) => {
                if (added > 0) goTo("/cart");
                const gone = not_available.map(({ name }) => name).join(", ");
                if (gone) toast(t("Not to be had now: {names}.", { names: gone }));
            },
        });
    return (
        <>
            <button type="button" className="btn line" aria-disabled={again.isPending} onClick={() => again.isPending || buy()}>
                {t("Buy it again")}
            </button>
            <Alert error={again.error} />
        </>
    );
}

function Parcels({ id }: { id: number }) {
    const { data } = useTracking(id);
    if (!data || data.shipments.length === 0) return null;
    return (
        <section aria-labelledby="parcels">
            <h2 className="h-xl" id="parcels">
                {t("Parcels")}
            </h2>
            <ul>
                {data.shipments.map((parcel) => (
                    <li className="parcel" key={parcel.id}>
                        <div className="ticket-top">
                            <b>{t("Parcel {number}", { number: parcel.number })}</b>
                            <p className="status">{parcelWords(parcel.status)}</p>
                        </div>
                        <p className="small muted">{parcel.items.map((item) => `${item.quantity} × ${item.name}`).join(", ")}</p>
                        <p className="small">
                            {parcel.courier} <bdi className="num">{parcel.tracking_number}</bdi>{" "}
                            {parcel.tracking_url && (
                                <a className="link" href={parcel.tracking_url} rel="noreferrer">
                                    {t("Follow it")}
                                </a>
                            )}
                        </p>
                        {parcel.events.length > 0 && (
                            <ol className="small">
                                {parcel.events.map((event) => (
                                    <li key={event.at + event.status}>
                                        <b>{event.text}</b> <span className="muted">{optionsText({ place: event.place, at: day(event.at) })}</span>
                                    </li>
                                ))}
                            </ol>
                        )}
                    </li>
                ))}
            </ul>
        </section>
    );
}

function parcelWords(status: string): string {
    const words: Record<string, string> = {
        shipped: t("On its way"),
        in_transit: t("On its way"),
        out_for_delivery: t("With the rider"),
        delivered: t("Delivered"),
        refused: t("Not taken at the door"),
    };
    return words[status] ?? status;
}
