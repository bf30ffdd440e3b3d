import { lazy, Suspense, useState } from "react";
import { Navigate } from "react-router";
import { useCount } from "../api/consent";
import { useProduct, useRelated } from "../api/catalogue";
import type { Schemas } from "../api/client";
import { useNoteView } from "../api/lists";
import { Awaited } from "../components/Awaited";
import { Crumbs } from "../components/Crumbs";
import { Page } from "../components/Page";
import { placeState } from "../components/PlaceLink";
import { Body } from "../components/product/Body";
import { Buy } from "../components/product/Buy";
import { Pictures } from "../components/product/Pictures";
import { ProductCard } from "../components/ProductCard";
import { Boundary } from "../components/Trouble";
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
    const [pictured, showPicture] = useState("");
    useNoteView(id);
    return (
        <Page title={data.name} description={data.seo.description || data.description} canonical={data.url} wide>
            <div className="wrap">
                <Crumbs shelves={data.breadcrumbs} here={data.name} />
                <div className="pdp">
                    <Pictures product={data} wanted={pictured} />
                    <Buy key={data.id} product={data} showPicture={showPicture} />
                </div>
            </div>
            <Body blocks={data.body} />
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
