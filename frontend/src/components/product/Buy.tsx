import { useCallback, useRef, useState } from "react";
import { useChangeCart } from "../../api/cart";
import type { Schemas } from "../../api/client";
import { chooseOption, findVariant, firstChoice, hasStock, type Variant } from "../../variants";
import { t } from "../../words";
import { CartDrawer } from "../CartDrawer";
import { pictureOf } from "../CartParts";
import { Swatch } from "../Facets";
import { Icon } from "../Icon";
import { Price } from "../Price";
import { Stars } from "../ProductCard";
import { Quantity } from "../Quantity";
import { TellMe } from "../TellMe";
import { Alert } from "../Trouble";
import { WishButton } from "../WishButton";
import { Delivery } from "./Delivery";
import { Details } from "./Details";
import { Stick } from "./Stick";

type Props = { product: Schemas["ProductDraft"]; showPicture: (url: string) => void };

export function Buy({ product, showPicture }: Props) {
    const [chosen, setChosen] = useState(() => firstChoice(product.variants));
    const [quantity, setQuantity] = useState(1);
    const [isOpen, setOpen] = useState(false);
    const close = useCallback(() => setOpen(false), []);
    const change = useChangeCart();
    const isAdding = useRef(false); // not the query's own word: of two quick clicks the second is here before it
    const button = useRef<HTMLButtonElement>(null);
    const variant = findVariant(product.variants, chosen) ?? product.variants[0];
    if (!variant) return null;
    function choose(code: string, value: string) {
        const wanted = chooseOption(product.variants, chosen, code, value);
        setChosen(wanted);
        showPicture(pictureOf(findVariant(product.variants, wanted)?.image));
    }
    const add = () => {
        if (isAdding.current) return;
        isAdding.current = true;
        const added = { kind: "add" as const, productId: product.id, variantId: variant.id, quantity };
        change.mutate(added, { onSuccess: () => setOpen(true), onSettled: () => void (isAdding.current = false) });
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
                                    onClick={() => choose(option.code, value)}
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
                            <Quantity
                                label={t("Quantity")}
                                value={quantity}
                                max={Math.min(variant.stock, variant.max_quantity)}
                                onChange={setQuantity}
                            />
                            {/* Not `disabled`: that would take the focus away, and the drawer could not give it back. */}
                            <button type="button" className="btn" ref={button} onClick={add} aria-disabled={change.isPending}>
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
            <Delivery />
            <Details product={product} sku={variant.sku} />
            {variant.in_stock && <Stick variant={variant} isTaxed={product.price_includes_tax} button={button} add={add} />}
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
