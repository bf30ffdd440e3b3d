import { useRef, useState } from "react";
import type { Schemas } from "../../api/client";
import { t } from "../../words";
import { Picture } from "../Picture";

/** On a phone a strip to be swiped, with small pictures that lead to each; on a desk all of them. */
export function Pictures({ product }: { product: Schemas["ProductDraft"] }) {
    const strip = useRef<HTMLDivElement>(null);
    const [shown, setShown] = useState(0);
    const images = product.images.length > 0 ? product.images : product.image ? [product.image] : [];
    function show(index: number) {
        const tile = strip.current?.children[index] as HTMLElement | undefined;
        if (tile) strip.current?.scrollTo({ left: tile.offsetLeft - strip.current.offsetLeft });
        setShown(index);
    }
    return (
        <section className="shots" aria-label={t("Pictures")}>
            <div
                className={`strip${images.length === 1 ? " one" : ""}`}
                tabIndex={0}
                role="group"
                aria-label={t("Pictures of {name}", { name: product.name })}
                ref={strip}
                onScroll={({ currentTarget: { scrollLeft, clientWidth } }) => setShown(Math.round(Math.abs(scrollLeft) / (clientWidth || 1)))}
            >
                {images.map((image, index) => (
                    <div className="tile" key={image.url} id={`shot${index}`}>
                        <Picture image={image} sizes="(width >= 62rem) 40rem, 100vw" eager={index === 0} />
                    </div>
                ))}
                {images.length === 0 && <div className="tile" />}
            </div>
            {images.length > 1 && (
                <div className="thumbs">
                    {images.map((image, index) => (
                        <button
                            key={image.url}
                            type="button"
                            className="tile"
                            aria-label={t("Picture {number} of {total}", { number: index + 1, total: images.length })}
                            aria-current={index === shown || undefined}
                            onClick={() => show(index)}
                        >
                            <Picture image={image} sizes="4rem" alt="" />
                        </button>
                    ))}
                </div>
            )}
        </section>
    );
}
