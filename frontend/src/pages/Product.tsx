import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { Navigate } from "react-router";
import { useChangeCart } from "../api/cart";
import { useCount } from "../api/consent";
import { useProduct, useRelated } from "../api/catalogue";
import type { Schemas } from "../api/client";
import { useNoteView } from "../api/lists";
import { Awaited } from "../components/Awaited";
import { CartDrawer } from "../components/CartDrawer";
import { Crumbs } from "../components/Crumbs";
import { Swatch } from "../components/Facets";
import { Icon } from "../components/Icon";
import { Page } from "../components/Page";
import { Picture } from "../components/Picture";
import { placeState } from "../components/PlaceLink";
import { TellMe } from "../components/TellMe";
import { WishButton } from "../components/WishButton";
import { Price } from "../components/Price";
import { ProductCard, Stars } from "../components/ProductCard";
import { Quantity } from "../components/Quantity";
import { Alert, Boundary } from "../components/Trouble";
import { chooseOption, findVariant, firstChoice, hasStock, type Variant } from "../variants";
import { t } from "../words";

const Reviews = lazy(() => import("../components/Reviews"));
type Full = Schemas["ProductDraft"];

export default function Product({ id, isOldAddress = false }: { id: number; isOldAddress?: boolean }) {
    return (
        <Awaited of={useProduct(id)} skeleton="product">
            {(data) => (isOldAddress ? <Navigate to={data.url} state={placeState("product", id)} replace /> : <Seen product={data} />)}
        </Awaited>
    );
}

/** Looked at by a shopper: a draft is not. */
function Seen({ product }: { product: Full }) {
    useCount("view", "product_id", product.id);
    return <ShownProduct product={product} />;
}

export function ShownProduct({ product: data }: { product: Full }) {
    const { id } = data;
    useNoteView(id);
    return (
        <Page title={data.name} description={data.seo.description || data.description} canonical={data.url} wide>
            <div className="wrap">
                <Crumbs shelves={data.breadcrumbs} here={data.name} />
                <div className="pdp">
                    <Pictures product={data} />
                    <Buy key={data.id} product={data} />
                </div>
            </div>
            <Maker product={data} />
            <Boundary resetKey={String(id)} isPart>
                <Suspense>
                    <Reviews product={id} />
                </Suspense>
            </Boundary>
            <Boundary resetKey={String(id)} isPart>
                <Related ids={data.related.slice(0, 4)} />
            </Boundary>
        </Page>
    );
}

function Pictures({ product }: { product: Full }) {
    const images = product.images.length > 0 ? product.images : product.image ? [product.image] : [];
    return (
        <section className="shots" aria-label={t("Pictures")}>
            <div
                className={`strip${images.length === 1 ? " one" : ""}`}
                tabIndex={0}
                role="group"
                aria-label={t("Pictures of {name}", { name: product.name })}
            >
                {images.map((image, index) => (
                    <div className="tile" key={image.url} id={`shot${index}`}>
                        <Picture image={image} sizes="(width >= 62rem) 40rem, 100vw" eager={index === 0} />
                    </div>
                ))}
                {images.length === 0 && <div className="tile" />}
            </div>
        </section>
    );
}

function Buy({ product }: { product: Full }) {
    const [chosen, setChosen] = useState(() => firstChoice(product.variants));
    const [quantity, setQuantity] = useState(1);
    const [isOpen, setOpen] = useState(false);
    const close = useCallback(() => setOpen(false), []);
    const change = useChangeCart();
    const variant = findVariant(product.variants, chosen) ?? product.variants[0];
    if (!variant) return null;
    const add = () => {
        if (change.isPending) return;
        const added = { kind: "add" as const, productId: product.id, variantId: variant.id, quantity };
        change.mutate(added, { onSuccess: () => setOpen(true) });
    };
    return (
        <div className="buy">
            <div className="buy-head">
                <h1 lang={product.lang || undefined}>{product.name}</h1>
                <p className="muted">{product.maker_place}</p>
                <Stars rating={product.rating} count={product.review_count} />
            </div>
            <div className="buy-form">
                <p className="price bigprice">
                    <Price of={variant} />
                    {product.price_includes_tax && <span className="muted small">{t("incl. GST")}</span>}
                </p>
                {product.description && <p>{product.description}</p>}
                {product.options.map((option) => (
                    <div className="opts" role="group" aria-labelledby={`option-${option.code}`} key={option.code}>
                        <p className="legend" id={`option-${option.code}`}>
                            <b>{option.name}:</b> {option.values.find(({ value }) => value === chosen[option.code])?.label}
                        </p>
                        <div className="set">
                            {option.values.map(({ value, label, hex }) => (
                                <button
                                    key={value}
                                    type="button"
                                    className="opt"
                                    aria-pressed={chosen[option.code] === value}
                                    onClick={() => setChosen(chooseOption(product.variants, chosen, option.code, value))}
                                >
                                    <span className={hasStock(product.variants, chosen, option.code, value) ? undefined : "gone"}>
                                        {hex && <Swatch hex={hex} />}
                                        <bdi>{label}</bdi>
                                    </span>
                                </button>
                            ))}
                        </div>
                    </div>
                ))}
                <div className="act">
                    <Stock variant={variant} />
                    {change.error && (
                        <div className="tw:mb-3">
                            <Alert error={change.error} />
                        </div>
                    )}
                    {variant.in_stock && (
                        <div className="buyrow">
                            <Quantity label={t("Quantity")} value={quantity} max={Math.min(variant.stock, variant.max_quantity)} onChange={setQuantity} />
                            {/* Not `disabled`: that would take the focus away, and the drawer could not give it back. */}
                            <button type="button" className="btn" onClick={add} aria-disabled={change.isPending}>
                                {t("Add to cart")}
                            </button>
                        </div>
                    )}
                    <TellMe key={variant.id} product={product.id} variant={variant.id} isSoldOut={!variant.in_stock} />
                    <p className="tw:mt-3">
                        <WishButton product={product} />
                    </p>
                </div>
            </div>
            <Details product={product} sku={variant.sku} />
            <CartDrawer added={product.name} isOpen={isOpen} close={close} />
        </div>
    );
}

function Stock({ variant }: { variant: Variant }) {
    const few = variant.in_stock && variant.stock <= 5;
    const words = !variant.in_stock ? t("Sold out") : few ? t("Only {left} left", { left: variant.stock }) : t("In stock");
    return (
        <p className={`stock with-icon ${!variant.in_stock ? "muted" : few ? "few" : "ok"}`} role="status">
            <Icon name={variant.in_stock && !few ? "check" : "info"} small />
            <span>{words}</span>
        </p>
    );
}

function Details({ product, sku }: { product: Full; sku: string }) {
    return (
        <div className="accordion">
            <Fold title={t("Size and care")} isOpen>
                <dl className="spec">
                    {product.attributes.map((attribute) => (
                        <div key={attribute.code} style={{ display: "contents" }}>
                            <dt>{attribute.name}</dt>
                            <dd>
                                <bdi>{attribute.value_text}</bdi>
                            </dd>
                        </div>
                    ))}
                    <dt>{t("Number")}</dt>
                    <dd>
                        <bdi>{sku}</bdi>
                    </dd>
                </dl>
            </Fold>
        </div>
    );
}

function Fold({ title, isOpen = false, children }: { title: string; isOpen?: boolean; children: ReactNode }) {
    return (
        <details className="acc" open={isOpen}>
            <summary>
                {title}
                <Icon name="chevron-down" small className="chev" />
            </summary>
            <div>{children}</div>
        </details>
    );
}

function Maker({ product }: { product: Full }) {
    const { maker } = product;
    if (!maker?.story_text) return null;
    return (
        <section className="section wrap" aria-labelledby="maker">
            <div className="panel">
                <div className="made">
                    <span className="mono" aria-hidden="true">
                        {maker.name[0]}
                    </span>
                    <div>
                        <h2 id="maker">{t("The maker")}</h2>
                        <p>
                            <b>{maker.name}</b>
                            {maker.place && `, ${maker.place}`}. {maker.story_text}
                        </p>
                    </div>
                </div>
            </div>
        </section>
    );
}

function Related({ ids }: { ids: number[] }) {
    const { data } = useRelated(ids);
    if (!data || data.length === 0) return null;
    return (
        <section className="section wrap" aria-labelledby="related">
            <div className="head">
                <h2 id="related">{t("Sits well next to")}</h2>
            </div>
            <ul className="grid four">
                {data.map((product) => (
                    <ProductCard key={product.id} product={product} />
                ))}
            </ul>
        </section>
    );
}
