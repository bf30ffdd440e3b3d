// The bell in the header: only for those who are signed in, which the page itself does not know.
import { word } from "./words.js";

export function showBell(unread) {
    for (const bell of document.querySelectorAll("[data-bell]")) {
        const dot = bell.querySelector("[data-bell-count]");
        bell.hidden = unread === undefined;
        dot.hidden = !unread;
        dot.textContent = unread > 99 ? "99+" : unread;
        bell.setAttribute("aria-label", unread ? `${word("noticesNew")} ${unread}` : word("notices"));
    }
}
