// The count in the header, the drawer after adding, steppers, and forms that must not be sent twice.
import { showBell } from "./bell.js";
import { openDrawer } from "./drawers.js";
import { toast } from "./toast.js";
import { showWishes } from "./wish.js";
import { langPrefix, word } from "./words.js";

function showCount(count) {
    for (const link of document.querySelectorAll("[data-cart-link]")) {
        const dot = link.querySelector("[data-cart-count]");
        dot.textContent = count;
        dot.hidden = !count;
        link.setAttribute("aria-label", count ? `${word("cartCount")} ${count}` : word("cart"));
    }
}

// The page is the same for everyone, so what is in this cart is asked for afterwards.
async function loadCount() {
    if (!document.querySelector("[data-cart-link]")) return;
    const answer = await fetch(`${langPrefix()}/cart/summary/`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { count, notices, wished } = await answer.json();
    showCount(count);
    showBell(notices);
    showWishes(wished);
}

function onSwap() {
    const lines = document.querySelector("#cart-drawer-box [data-cart-total]");
    if (lines) showCount(Number(lines.dataset.cartTotal));
}

function addStepper(box) {
    const input = box.querySelector("input");
    const button = (step, icon, label) => {
        const element = document.createElement("button");
        element.type = "button";
        element.className = "icon-btn";
        element.setAttribute("aria-label", label);
        element.innerHTML = `<svg class="icon s" aria-hidden="true"><use href="#i-${icon}"/></svg>`;
        element.addEventListener("click", () => {
            const wanted = (Number.parseInt(input.value, 10) || 1) + step;
            input.value = Math.min(Math.max(wanted, 1), Number(input.dataset.max) || 999);
        });
        return element;
    };
    input.before(button(-1, "minus", word("oneFewer")));
    input.after(button(1, "plus", word("oneMore")));
    box.removeAttribute("data-qty");
}

export function addSteppers() {
    document.querySelectorAll("[data-qty]").forEach(addStepper);
}

function sendOnce(event) {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
}

function sendChangedLine(event) {
    const form = event.target.closest("[data-line]");
    if (form && event.target.name === "quantity") form.requestSubmit();
}

export function watchCart() {
    addSteppers();
    loadCount().catch(() => {}); // without the network the link simply shows no number
    document.addEventListener("submit", sendOnce);
    document.addEventListener("change", sendChangedLine);
    document.addEventListener("htmx:before:swap", (event) => {
        if (event.detail.ctx.response.status < 500) return; // 4xx answers say what is wrong in their own words
        event.preventDefault();
        toast(word("failed"));
    });
    document.addEventListener("htmx:after:swap", (event) => {
        addSteppers();
        onSwap();
        const form = event.target.closest?.("[data-opens]");
        if (form) openDrawer(form.dataset.opens, form.querySelector("[data-add]"));
    });
    document.addEventListener("htmx:error", () => toast(word("failed")));
    window.addEventListener("pageshow", (event) => {
        if (!event.persisted) return;
        document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent);
        loadCount().catch(() => {});
    });
}
