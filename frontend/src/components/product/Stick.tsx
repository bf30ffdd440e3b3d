import { type RefObject, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { t } from "../../words";
import type { Variant } from "../../variants";
import { Price } from "../Price";

type Props = { variant: Variant; isTaxed: boolean; button: RefObject<HTMLButtonElement | null>; add: () => void };

/**
 * The bar at the foot of a phone: price and button, for as long as the real button is out of sight. It stands for that one,
 * for fingers alone: who listens or tabs has the real one, which takes the focus when this is pressed.
 */
export function Stick({ variant, isTaxed, button, add }: Props) {
    const [isShown, setShown] = useState(false);
    useEffect(() => {
        if (!button.current || !("IntersectionObserver" in window)) return;
        const watch = new IntersectionObserver(([entry]) => setShown(!entry?.isIntersecting));
        watch.observe(button.current);
        return () => watch.disconnect();
    }, [button]);
    function press() {
        button.current?.focus({ preventScroll: true });
        add();
    }
    const place = document.getElementById("main");
    if (!isShown || !place) return null;
    return createPortal(
        <div className="stick shown" aria-hidden="true">
            <p className="price">
                <Price of={variant} />
                {isTaxed && <span className="tiny muted">{t("incl. GST")}</span>}
            </p>
            <button type="button" className="btn" tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={press}>
                {t("Add to cart")}
            </button>
        </div>,
        place,
    );
}
