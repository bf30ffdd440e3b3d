import { useState } from "react";
import { Link, Navigate } from "react-router";
import { openAttempt } from "../api/attempt";
import { useCart, useChangeCart } from "../api/cart";
import { useChangeSaved } from "../api/lists";
import type { Cart as CartBody } from "../api/changeCart";
import { useUser } from "../api/session";
import { pictureOf, Sums, Warnings } from "../components/CartParts";
import { PlaceLink } from "../components/PlaceLink";
import { Quantity } from "../components/Quantity";
import { SavedLines } from "../components/SavedLines";
import { Alert } from "../components/Trouble";
import { offerUndo } from "../components/undo";
import { View } from "../components/View";
import { money } from "../money";
import { t } from "../words";

type Item = CartBody["items"][number];

export default function Cart() {
    const asked = useCart();
    const [refusal, setRefusal] = useState<unknown>(null);
    const keepLooking = (
        <Link className="link" to="/">
            {t("Keep looking")}
        </Link>
    );
    return (
        <View title={t("Your cart")} of={{ ...asked, data: asked.cart }} skeleton="two" beside={keepLooking}>
            {(cart) => (
                <>
                    <Alert error={refusal} />
                    {cart.items.length === 0 ? <Empty /> : <Full cart={cart} tell={setRefusal} />}
                    <SavedLines />
                </>
            )}
        </View>
    );
}

function Full({ cart, tell }: { cart: CartBody; tell: (error: unknown) => void }) {
    return (
        <div className="two">
            <section className="stack" aria-labelledby="cart-lines">
                <h2 className="sr" id="cart-lines">
                    {t("In your cart")}
                </h2>
                <Warnings cart={cart} />
                <ul className="lines">
                    {cart.items.map((item) => (
                        <Line key={item.id} item={item} tell={tell} />
                    ))}
                </ul>
            </section>
            <aside className="panel stack" aria-label={t("Summary")}>
                <h2 className="h-xl">{t("Summary")}</h2>
                <Sums of={cart} count={cart.item_count} label={t("To pay")} />
                <Link className="btn wide" to="/checkout">
                    {t("Check out")}
                </Link>
            </aside>
        </div>
    );
}

function Empty() {
    if (openAttempt(useUser()?.id ?? 0)) return <Navigate to="/checkout" replace />; // ordered, and not answered
    return (
        <div className="empty">
            <p>{t("Nothing here yet. Mugs go first.")}</p>
            <Link className="btn" to="/search?ordering=popular">
                {t("See what goes first")}
            </Link>
        </div>
    );
}

/** A line changes at once; what the server refuses goes back by itself and is told above. */
function Line({ item, tell }: { item: Item; tell: (error: unknown) => void }) {
    const change = useChangeCart();
    const later = useChangeSaved();
    const begin = () => tell(null);
    const putBack = () =>
        change.mutate({ kind: "add", productId: item.product_id, variantId: item.variant_id, quantity: item.quantity }, { onError: tell });
    const remove = () => {
        begin();
        change.mutate({ kind: "remove", itemId: item.id }, { onError: tell });
        offerUndo(t("{name} taken out.", { name: item.name }), putBack);
    };
    return (
        <li className="item">
            <div className="tile">{pictureOf(item.image) && <img src={pictureOf(item.image)} alt="" width="96" height="96" />}</div>
            <div>
                <h3>
                    <PlaceLink to={{ url: item.url, kind: "product", id: item.product_id }}>{item.name}</PlaceLink>
                </h3>
                <p className="small muted">{item.options_text}</p>
            </div>
            <div className="cost">
                <p className="price">
                    <b>{money(item.line_total, item.currency)}</b>
                    {item.quantity > 1 && (
                        <span className="tiny muted">{t("{price} each", { price: money(item.unit_price, item.currency) })}</span>
                    )}
                </p>
            </div>
            <div className="acts">
                <Quantity
                    label={t("Quantity of {name}", { name: item.name })}
                    value={item.quantity}
                    max={item.max_quantity}
                    onChange={(quantity) => {
                        begin();
                        change.mutate({ kind: "quantity", itemId: item.id, quantity }, { onError: tell });
                    }}
                />
                <button type="button" className="link plain" onClick={() => later.mutate({ kind: "save", id: item.id }, { onError: tell })}>
                    {t("For later")}
                    <span className="sr"> {item.name}</span>
                </button>
                <button type="button" className="link plain" onClick={remove}>
                    {t("Remove")}
                    <span className="sr"> {item.name}</span>
                </button>
            </div>
        </li>
    );
}
