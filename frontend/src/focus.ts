/** Where the focus goes when the shop changes under it: to a new view, to what lies over the page, to what is left. */
import { type RefObject, useEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router";

/** A new view begins at its top, with the focus at its main part, as a loaded page would. A filter is no new view. */
export function useFocusOnArrival() {
    const main = useRef<HTMLElement>(null);
    const { pathname } = useLocation();
    const isBack = useNavigationType() === "POP";
    const before = useRef(pathname);
    useEffect(() => {
        if (before.current === pathname) return;
        before.current = pathname;
        if (!isBack) window.scrollTo(0, 0);
        main.current?.focus({ preventScroll: true });
    }, [pathname, isBack]);
    return main;
}

/** What lies over the page holds the focus: all the rest is inert until it closes, by Escape too, and gives it back. */
export function useHeldFocus(box: RefObject<HTMLElement | null>, isOpen: boolean, close: () => void): void {
    useEffect(() => {
        if (!isOpen || !box.current) return;
        const before = document.activeElement as HTMLElement | null;
        const rest = around(box.current).filter((part) => !part.inert);
        for (const part of rest) part.inert = true;
        box.current.focus();
        const onKey = (event: KeyboardEvent) => event.key === "Escape" && close();
        document.addEventListener("keydown", onKey);
        return () => {
            document.removeEventListener("keydown", onKey);
            for (const part of rest) part.inert = false;
            before?.focus();
        };
    }, [box, isOpen, close]);
}

/** Everything in the page that neither holds the element nor is in it. */
function around(element: HTMLElement): HTMLElement[] {
    const found: HTMLElement[] = [];
    for (let inner = element; inner !== document.body && inner.parentElement; inner = inner.parentElement)
        found.push(...([...inner.parentElement.children] as HTMLElement[]).filter((part) => part !== inner));
    return found;
}
