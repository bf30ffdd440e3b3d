// The notice, and what is counted of those who said yes. The server checks the answer again, whatever this says.
import { langPrefix } from "./words.js";

const agreed = () => /(?:^|; )consent=\d+\.yes\./.test(document.cookie);

function tell(name, facts) {
    if (!agreed()) return;
    const body = new Blob([JSON.stringify({ name, facts })], { type: "application/json" });
    navigator.sendBeacon("/api/analytics/event/", body);
}

async function answer(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
        await fetch(form.action, { method: "POST", body, redirect: "manual" });
    } catch {
        return form.submit();
    }
    document.documentElement.dataset.consent = "said";
    document.getElementById("main")?.focus({ preventScroll: true });
    tellOfPage();
}

function tellOfPage() {
    const path = location.pathname.slice(langPrefix().length);
    const product = Number(document.querySelector("#buy-form [name=product]")?.value);
    const query = new URLSearchParams(location.search).get("q");
    if (product) tell("view", { product_id: product });
    else if (path === "/search/" && query) tell("search", { q: query });
    else if (path === "/checkout/address/" && !document.referrer.includes("/checkout/")) tell("begin", {});
}

function tellOfAdding(event) {
    const form = event.target.closest("form[action$='/cart/add/']");
    const product = Number(form?.elements.product?.value);
    if (product) tell("add", { product_id: product, quantity: Number(form.elements.quantity?.value) || 1 });
}

export function watchConsent() {
    document.querySelector("[data-consent-form]")?.addEventListener("submit", answer);
    document.addEventListener("submit", tellOfAdding);
    tellOfPage();
}
