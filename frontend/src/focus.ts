/** Where the focus goes when the shop changes under it: to a new view, to what lies over the page, to what is left. */
import { type RefObject, useEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router";

/** For a change of the address that stays where one is, such as to its name in another language. */
export const SAME_VIEW = { isSameView: true };
export const isSameView = (state: unknown) => Boolean((state as Partial<typeof SAME_VIEW> | null)?.isSameView);

/** A new view begins at its top, with the focus at its main part, as a loaded page would. A filter is no new view. */
export function useFocusOnArrival() {
    const main = useRef<HTMLElement>(null);
    const { pathname, state } = useLocation();
    const isBack = useNavigationType() === "POP";
    const before = useRef(pathname);
    useEffect(() => {
        if (before.current === pathname) return;
        before.current = pathname;
        if (isSameView(state) && !isBack) return;
        if (!isBack) window.scrollTo(0, 0);
        main.current?.focus({ preventScroll: true });
    }, [pathname, state, isBack]);
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

/**
 * For the element that holds the shop: whatever has the focus and is taken out hands it on. A row to the next row (or the
 * one before), a part of a row to its row, all else to the heading of the view. Views that know better focus it themselves.
 */
export function handFocusOn(shop: HTMLElement | null): (() => void) | undefined {
    if (!shop) return;
    let last: Element | null = null;
    const note = ({ target }: FocusEvent) => (last = target as Element);
    // Left by hand: what goes away later had no focus to hand on.
    const forget = ({ target }: FocusEvent) =>
        setTimeout(() => {
            const left = target as Element;
            if (last === left && left.isConnected && document.activeElement !== left) last = null;
        });
    const observer = new MutationObserver((changes) => {
        const gone = last;
        if (!gone || gone.isConnected || document.activeElement !== document.body) return;
        last = null;
        const change = changes.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)));
        focusAnyway(heirIn(change, gone) ?? shop.querySelector<HTMLElement>("main h1") ?? shop.querySelector<HTMLElement>("main"));
    });
    observer.observe(shop, { childList: true, subtree: true });
    shop.addEventListener("focusin", note);
    shop.addEventListener("focusout", forget);
    return () => {
        observer.disconnect();
        shop.removeEventListener("focusin", note);
        shop.removeEventListener("focusout", forget);
    };
}

function heirIn(change: MutationRecord | undefined, gone: Element): HTMLElement | null {
    if (!change) return null;
    const root = [...change.removedNodes].find((node) => node.contains(gone));
    const isRow = (node: Node | null): node is HTMLElement => node instanceof HTMLElement && node.matches("main li");
    if (!(root instanceof HTMLElement && root.tagName === "LI")) return (change.target as Element).closest<HTMLElement>("main li");
    return [change.nextSibling, change.previousSibling].find(isRow) ?? null;
}

function focusAnyway(element: HTMLElement | null): void {
    if (element && !element.hasAttribute("tabindex")) element.tabIndex = -1;
    element?.focus();
}
