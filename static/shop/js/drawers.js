// Drawers and the filter sheet open by :target without scripts. With them: focus goes in, stays in, and comes back.
const opened = [];

function focusables(box) {
    return [...box.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(
        (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true }),
    );
}

export function openDrawer(id, opener = document.activeElement) {
    const drawer = document.getElementById(id);
    if (!drawer || drawer.hasAttribute("data-open")) return;
    drawer.setAttribute("data-open", "");
    opened.push({ id, opener });
    requestAnimationFrame(() => (drawer.querySelector("h2[tabindex]") ?? focusables(drawer)[0])?.focus());
}

export function closeDrawer() {
    const last = opened.pop();
    if (!last) return false;
    document.getElementById(last.id)?.removeAttribute("data-open");
    if (last.opener?.isConnected) last.opener.focus({ preventScroll: true });
    return true;
}

function keepFocusInside(event) {
    const drawer = document.getElementById(opened.at(-1).id);
    const inside = focusables(drawer);
    if (!inside.length) return;
    const edge = event.shiftKey ? inside[0] : inside.at(-1);
    if (document.activeElement === edge || !drawer.contains(document.activeElement)) {
        event.preventDefault();
        (event.shiftKey ? inside.at(-1) : inside[0]).focus();
    }
}

function onClick(event) {
    const link = event.target.closest("a[href^='#']");
    const id = link?.getAttribute("href").slice(1);
    if (id && document.getElementById(id)?.hasAttribute("data-drawer")) {
        event.preventDefault();
        openDrawer(id, link);
        return;
    }
    const isScrim = event.target.matches?.("[data-drawer][data-open]");
    if ((isScrim || event.target.closest("[data-close]")) && closeDrawer() && !event.target.closest("button")) {
        event.preventDefault();
    }
}

export function watchDrawers() {
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", (event) => {
        if (!opened.length) return;
        if (event.key === "Escape") closeDrawer();
        if (event.key === "Tab") keepFocusInside(event);
    });
}
