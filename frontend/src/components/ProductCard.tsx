import type { ReactNode } from "react";
import type { Schemas } from "../api/client";
import { t, tn } from "../words";
import { Icon } from "./Icon";
import { Picture } from "./Picture";
import { PlaceLink } from "./PlaceLink";
import { Price } from "./Price";

type Card = Schemas["ProductCard"];
type Props = { product: Card; heading?: "h2" | "h3"; eager?: boolean; className?: string; sizes?: string; children?: ReactNode };
const IN_A_GRID = "(width >= 62rem) 20rem, (width >= 48rem) 33vw, 50vw";

export function ProductCard({ product, heading: Heading = "h3", eager = false, className = "", sizes = IN_A_GRID, children }: Props) {
    return (
        <li className={`card ${className}`}>
            <div className="tile">
                <Picture image={product.image} sizes={sizes} alt="" eager={eager} />
                <Tag product={product} />
            </div>
            <div className="body">
                <Heading>
                    <PlaceLink to={{ ...product, kind: "product" }} lang={product.lang || undefined}>
                        {product.name}
                    </PlaceLink>
                </Heading>
                <p className="maker">{product.maker_place || product.brand}</p>
                <p className="price">
                    <Price of={product} from={product.price_from} />
                </p>
                <div className="row">
                    <Swatches of={product} />
                    <Stars rating={product.rating} count={product.review_count} />
                </div>
                {children}
            </div>
        </li>
    );
}

function Tag({ product }: { product: Card }) {
    if (!product.in_stock) return <span className="tag out">{t("Sold out")}</span>;
    if (product.low_stock) return <span className="tag few">{t("Only {left} left", { left: product.low_stock })}</span>;
    return product.is_new ? <span className="tag">{t("New")}</span> : null;
}

function Swatches({ of }: { of: Card }) {
    if (of.swatches.length === 0) return null;
    return (
        <span className="swatches">
            {of.swatches.map((swatch) => (
                <svg key={swatch.hex} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
                    <circle cx="7" cy="7" r="6.5" fill={swatch.hex} />
                </svg>
            ))}
            <span className="sr">
                {tn("{number} colour:", "{number} colours:", of.swatches.length)}{" "}
                {of.swatches.map((swatch) => swatch.name).join(", ")}
            </span>
        </span>
    );
}

export function Stars({ rating, count }: { rating: string | null; count: number }) {
    if (!rating) return null;
    return (
        <span className="stars">
            <Icon name="star" small />
            <span>
                <span className="sr">{t("Rated")} </span>
                {rating}
                <span className="sr"> {t("out of 5")}</span> <span className="muted">({count})</span>
            </span>
        </span>
    );
}
