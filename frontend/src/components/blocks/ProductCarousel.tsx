import { ShopLink } from "../PlaceLink";
import { ProductCard } from "../ProductCard";
import type { Of } from "./Blocks";

/** A row, or the first one large and four beside it. */
export function ProductCarousel({ value, id }: Of<"product_carousel">) {
    const [first, ...others] = value.products;
    if (!first) return null;
    return (
        <section className="section wrap block-products" aria-labelledby={id}>
            <div className="head">
                <h2 id={id}>{value.heading}</h2>
                {value.note && <p className="muted small">{value.note}</p>}
                <ShopLink link={value.link} />
            </div>
            {value.layout === "lead" ? (
                <div className="duo">
                    <ul className="lead-card">
                        <ProductCard product={first} className="big" sizes="(width >= 62rem) 40rem, 100vw" />
                    </ul>
                    <ul className="grid">
                        {others.slice(0, 4).map((product) => (
                            <ProductCard key={product.id} product={product} />
                        ))}
                    </ul>
                </div>
            ) : (
                <ul className="grid four">
                    {value.products.map((product) => (
                        <ProductCard key={product.id} product={product} />
                    ))}
                </ul>
            )}
        </section>
    );
}
