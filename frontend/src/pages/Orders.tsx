import type { ReactNode } from "react";
import { Link } from "react-router";
import { useAddresses } from "../api/account";
import { type Order, useOrders } from "../api/orders";
import { useUser } from "../api/session";
import { addressLines } from "../address";
import { pictureOf } from "../components/CartParts";
import { Icon } from "../components/Icon";
import { BuyAgain } from "../components/order/BuyAgain";
import { RecentlyViewed } from "../components/RecentlyViewed";
import { StoreCredit } from "../components/StoreCredit";
import { AccountView } from "../components/View";
import { money } from "../money";
import { statusOf } from "../progress";
import { day, t, tn } from "../words";

export default function Orders({ latestOnly = false }: { latestOnly?: boolean }) {
    const user = useUser();
    const orders = useOrders();
    const name = user?.name.split(" ")[0];
    const title = !latestOnly ? t("Your orders") : name ? t("Good to see you, {name}", { name }) : t("Your account");
    return (
        <AccountView title={title} of={orders}>
            {(data) => (
                <>
                    {latestOnly && (
                        <div className="head">
                            <h2 className="h-xl">{t("Latest order")}</h2>
                            {data.length > 0 && <Further to="/account/orders">{t("All orders")}</Further>}
                        </div>
                    )}
                    {data.length === 0 && <p className="muted">{t("Your first order will stand here, with its invoice.")}</p>}
                    <ul className="tickets">
                        {(latestOnly ? data.slice(0, 1) : data).map((order) => (
                            <Ticket key={order.id} order={order} heading={latestOnly ? "h3" : "h2"} />
                        ))}
                    </ul>
                    {!latestOnly && orders.hasNextPage && (
                        <button
                            type="button"
                            className="btn line tw:justify-self-start"
                            disabled={orders.isFetchingNextPage}
                            onClick={() => orders.fetchNextPage()}
                        >
                            {t("Older orders")}
                        </button>
                    )}
                    {latestOnly && <StoreCredit />}
                    {latestOnly && <DefaultAddress />}
                    {latestOnly && <RecentlyViewed />}
                </>
            )}
        </AccountView>
    );
}

function Further({ to, children }: { to: string; children: ReactNode }) {
    return (
        <Link className="link" to={to}>
            {children} <Icon name="arrow-right" small className="turn" />
        </Link>
    );
}

function Ticket({ order, heading: Heading }: { order: Order; heading: "h2" | "h3" }) {
    const count = order.items.reduce((sum, item) => sum + item.quantity, 0);
    const { words, tone } = statusOf(order);
    return (
        <li className="ticket">
            <div className="in">
                <div className="ticket-top">
                    <Heading className="h-small">
                        <Link to={`/order/${order.id}`}>
                            <bdi>{order.number}</bdi>
                        </Link>
                    </Heading>
                    <p className="small muted">{day(order.placed_at)}</p>
                    <p className={`status ${tone}`}>{words}</p>
                </div>
                <div className="ticket-row">
                    <div className="tiles">
                        {order.items.slice(0, 3).map((item) => (
                            <div className="tile" key={item.id}>
                                {pictureOf(item.image) && <img src={pictureOf(item.image)} alt="" width="64" height="64" loading="lazy" />}
                            </div>
                        ))}
                    </div>
                    <p className="small">
                        {tn("{number} piece", "{number} pieces", count)}, <b className="num">{money(order.total, order.currency)}</b>
                    </p>
                    <div className="acts-row">
                        <Link className={order.can_pay ? "btn" : "btn line"} to={`/order/${order.id}`}>
                            {order.can_pay ? t("Pay now") : t("See the order")}
                            <span className="sr"> {order.number}</span>
                        </Link>
                        {!order.can_pay && !order.cash_code_wanted && <BuyAgain order={order} />}
                    </div>
                </div>
            </div>
        </li>
    );
}

function DefaultAddress() {
    const { data } = useAddresses();
    const address = data?.find(({ is_default }) => is_default);
    if (!address) return null;
    return (
        <section className="stack" aria-labelledby="home-address">
            <div className="head">
                <h2 className="h-xl" id="home-address">
                    {t("We deliver to")}
                </h2>
                <Further to="/account/addresses">{t("All addresses")}</Further>
            </div>
            <address className="muted">
                {addressLines(address).map((line) => (
                    <span key={line} className="tw:block">
                        {line}
                    </span>
                ))}
            </address>
        </section>
    );
}
