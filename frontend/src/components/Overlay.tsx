import type { ReactNode } from "react";
import { createPortal } from "react-dom";

/** Outside of `#shop`, which is inert while something lies over it. */
export function Overlay({ children }: { children: ReactNode }) {
    return createPortal(children, document.body);
}
