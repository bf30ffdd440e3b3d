import { useEffect, useRef, useState } from "react";
import type { Schemas } from "../../api/client";
import { t } from "../../words";
import { Picture } from "../Picture";

type Props = { product: Schemas["ProductDraft"]; wanted: string };

/**
 * On a phone a strip to be swiped, with small pictures that lead to each; on a desk all of them. `wanted`: the address of
 * the picture of what was chosen, which is swiped to, or comes first.
 */
export function Pictures({ product, wanted }: Props) {
    const strip = useRef<HTMLDivElement>(null);
    const [shown, setShown] = useState(0);
    const [first, setFirst] = useState(0);
    const all = product.images.length > 0 ? product.images : product.image ? [product.image] : [];
    const images = [...all.slice(first, first + 1), ...all.slice(0, first), ...all.slice(first + 1)];
    function show(index: number) {
        const tile = strip.current?.children[index] as HTMLElement | undefined;
        if (tile) strip.current?.scrollTo({ left: tile.offsetLeft - strip.current.offsetLeft });
        setShown(index);
    }
    useEffect(() => {
        const box = strip.current;
        if (!wanted || !box) return;
        if (box.scrollWidth > box.clientWidth) show(Math.max(0, images.findIndex(({ url }) => url === wanted)));
        else setFirst(Math.max(0, all.findIndex(({ url }) => url === wanted)));
    }, [wanted]);
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
