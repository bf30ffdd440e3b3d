import type { ReactNode } from "react";
import { createPortal } from "react-dom";

/** Outside of `#shop`: no part of the page clips it or lies over it. */
export function Overlay({ children }: { children: ReactNode }) {
    return createPortal(children, document.body);
}
