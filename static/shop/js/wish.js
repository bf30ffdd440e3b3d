// Hearts: full where a product is on the list. The page is the same for everyone, so which ones are is asked for afterwards.
import { toast } from "./toast.js";
import { word } from "./words.js";

let wished = new Set();

function paint() {
    for (const form of document.querySelectorAll("[data-wish]")) {
        form.querySelector("button").setAttribute("aria-pressed", wished.has(form.dataset.wish));
    }
}

export function showWishes(ids = []) {
    wished = new Set(ids.map(String));
    paint();
}

async function turn(form) {
    const id = form.dataset.wish;
    const body = new FormData(form);
    if (wished.has(id)) body.set("remove", "1");
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.status === 401) location.assign(told.sign_in);
    else if (!answer.ok) toast(told.detail);
    else {
        wished[told.wished ? "add" : "delete"](id);
        paint();
    }
}

export function watchWishes() {
    document.addEventListener("submit", (event) => {
        if (!event.target.matches("[data-wish]")) return;
        event.preventDefault();
        turn(event.target).catch(() => toast(word("failed")));
    });
    document.addEventListener("htmx:after:swap", paint);
}
