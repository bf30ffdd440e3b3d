import { useChangeWishes, useWishes } from "../api/lists";
import { ProductCard } from "../components/ProductCard";
import { Alert } from "../components/Trouble";
import { AccountView } from "../components/View";
import { money } from "../money";
import { t } from "../words";

export default function Wishes() {
    const wishes = useWishes();
    const change = useChangeWishes();
    return (
        <AccountView title={t("Wishlist")} of={wishes} skeleton="cards">
            {(data) => (
                <>
                    <Alert error={change.error} />
                    {data.length === 0 && <p className="muted">{t("Nothing here yet. The heart beside a piece keeps it here.")}</p>}
                    <ul className="grid">
                        {data.map((wish) =>
                            wish.product ? (
                                <ProductCard key={wish.id} product={wish.product} heading="h2">
                                    {wish.price_dropped && wish.price_when_added && (
                                        <p className="small ok">{t("It was {price} when you kept it.", { price: money(wish.price_when_added, wish.currency) })}</p>
                                    )}
                                    <div className="acts-row">
                                        {wish.product.in_stock && (
                                            <button type="button" className="btn line" onClick={() => change.mutate({ kind: "move", id: wish.id })}>
                                                {t("Into the cart")}
                                                <span className="sr"> {wish.product.name}</span>
                                            </button>
                                        )}
                                        <Remove name={wish.product.name} remove={() => change.mutate({ kind: "drop", id: wish.id })} />
                                    </div>
                                </ProductCard>
                            ) : (
                                <li key={wish.id} className="card">
                                    <p className="muted">{t("A piece that is not on sale now")}</p>
                                    <Remove name="" remove={() => change.mutate({ kind: "drop", id: wish.id })} />
                                </li>
                            ),
                        )}
                    </ul>
                </>
            )}
        </AccountView>
    );
}

function Remove({ name, remove }: { name: string; remove: () => void }) {
    return (
        <button type="button" className="link-button small" onClick={remove}>
            {t("Remove")}
            <span className="sr"> {name}</span>
        </button>
    );
}
