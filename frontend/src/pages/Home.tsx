import { Link } from "react-router";
import { useCategories, useProducts } from "../api/catalogue";
import { Icon } from "../components/Icon";
import { Page } from "../components/Page";
import { Picture } from "../components/Picture";
import { ProductCard } from "../components/ProductCard";
import { Skeleton } from "../components/Skeleton";
import { Trouble } from "../components/Trouble";
import { t } from "../words";

export function Home() {
    const shelves = useCategories();
    const fresh = useProducts({ ordering: "newest", page_size: "8" });
    const loved = useProducts({ ordering: "popular", page_size: "8" });
    if (fresh.error) return <div className="wrap"><Trouble error={fresh.error} again={fresh.refetch} /></div>;
    if (!fresh.data || !loved.data) return <div className="wrap"><Skeleton kind="cards" /></div>;
    const first = loved.data.results[0];
    return (
        <Page title="" wide>
            <section className="hero beside wrap" aria-labelledby="hero">
                <div className="pic tile">
                    <Picture image={first?.image} sizes="(width >= 48rem) 58vw, 100vw" eager />
                </div>
                <div className="say">
                    <h1 id="hero">{t("Things with a maker’s name on them")}</h1>
                    <p>{t("Everything here was made by a named person in a named town, and leaves from there.")}</p>
                    <div className="acts">
                        {first && (
                            <Link className="btn" to={`/product/${first.id}`}>
                                {t("See the {name}", { name: first.name })}
                            </Link>
                        )}
                        <Link className="link" to="/search?ordering=newest">
                            {t("All pieces")} <Icon name="arrow-right" small className="turn" />
                        </Link>
                    </div>
                </div>
            </section>
            <section className="section wrap" aria-labelledby="shelves">
                <div className="head">
                    <h2 id="shelves">{t("By shelf")}</h2>
                </div>
                <ul className="scroller materials">
                    {shelves.data?.map((shelf) => (
                        <li key={shelf.id}>
                            <Link to={`/category/${shelf.id}`}>
                                <span className="tile">
                                    <Picture image={shelf.image} sizes="12rem" alt="" />
                                </span>
                                <b>{shelf.name}</b>
                            </Link>
                        </li>
                    ))}
                </ul>
            </section>
            <Row id="loved" title={t("Bought again and again")} products={loved.data.results.slice(0, 4)} />
            <Row id="fresh" title={t("New on the shelf")} products={fresh.data.results.slice(0, 4)} more="/search?ordering=newest" />
            <section className="section wrap" aria-label={t("What you can count on")}>
                <ul className="trust four">
                    <Promise icon="truck" title={t("From the workshop to you")} text={t("The date is on the page before you buy.")} />
                    <Promise icon="wallet" title={t("Pay as you like")} text={t("UPI, cards, net banking, cash on delivery")} />
                    <Promise icon="undo-2" title={t("Seven days to send it back")} text={t("What you paid for it comes back.")} />
                    <Promise icon="receipt" title={t("One price")} text={t("It includes GST; the invoice says how much.")} />
                </ul>
            </section>
        </Page>
    );
}

function Row({ id, title, products, more }: { id: string; title: string; products: Parameters<typeof ProductCard>[0]["product"][]; more?: string }) {
    return (
        <section className="section wrap" aria-labelledby={id}>
            <div className="head">
                <h2 id={id}>{title}</h2>
                {more && (
                    <Link className="link" to={more}>
                        {t("See them all")} <Icon name="arrow-right" small className="turn" />
                    </Link>
                )}
            </div>
            <ul className="grid four">
                {products.map((product) => (
                    <ProductCard key={product.id} product={product} />
                ))}
            </ul>
        </section>
    );
}

function Promise({ icon, title, text }: { icon: string; title: string; text: string }) {
    return (
        <li>
            <Icon name={icon} />
            <b>{title}</b>
            <span>{text}</span>
        </li>
    );
}
