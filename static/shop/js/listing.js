// Empty fields stay out of the address: ?min_price=&max_price= says nothing.
export function watchListing() {
    document.addEventListener("formdata", (event) => {
        if (!event.target.matches("[data-listing], [role=search]")) return;
        for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
    });
    document.addEventListener("htmx:after:swap", () => {
        // "Show 12 more" is replaced by its successor: the focus goes on to the first new piece.
        const cards = document.getElementById("cards");
        if (cards?.dataset.seen && document.activeElement === document.body) {
            cards.children[Number(cards.dataset.seen)]?.querySelector("a")?.focus();
        }
        if (cards) delete cards.dataset.seen;
    });
    document.addEventListener("click", (event) => {
        const cards = document.getElementById("cards");
        if (cards && event.target.closest("[data-more]")) cards.dataset.seen = cards.children.length;
    });
}
