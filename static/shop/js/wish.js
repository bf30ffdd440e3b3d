// Hearts: full where a product is on the list. The page is the same for everyone, so which ones are is asked for afterwards.
import { toast } from "./toast.js";
import { word } from "./words.js";

let wished = new Set();

function paint() {
    for (const heart of document.querySelectorAll("[data-wish]")) {
        heart.setAttribute("aria-pressed", wished.has(heart.dataset.wish));
    }
}

export function showWishes(ids = []) {
    wished = new Set(ids.map(String));
    paint();
}

async function turn(heart) {
    const id = heart.dataset.wish;
    const body = new FormData();
    if (wished.has(id)) body.set("remove", "1");
    const answer = await fetch(heart.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
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
        if (event.target.id !== "wishes" || !event.submitter) return;
        event.preventDefault();
        turn(event.submitter).catch(() => toast(word("failed")));
    });
    document.addEventListener("htmx:after:swap", paint);
}
