// Search as you type: a combobox with a list (WAI-ARIA pattern). Enter without a choice searches as always.
import { langPrefix, word } from "./words.js";

const WAIT = 150;

function formatPrice(price, currency) {
    const digits = Number(price) % 1 ? undefined : 0;
    return new Intl.NumberFormat(`${document.documentElement.lang}-IN`, {
        style: "currency",
        currency,
        minimumFractionDigits: digits,
    }).format(price);
}

function option(id, href, text, extra = []) {
    const element = document.createElement("div");
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    Object.assign(element, { id });
    element.dataset.href = href;
    const name = document.createElement("span");
    name.textContent = text;
    element.append(...extra.filter((part) => part.localName === "img"), name);
    element.append(...extra.filter((part) => part.localName !== "img"));
    return element;
}

function productOption(product, index) {
    const extra = [];
    if (product.image) {
        const image = document.createElement("img");
        image.src = product.image.url ?? product.image;
        image.alt = "";
        extra.push(image);
    }
    if (product.price) {
        const price = document.createElement("b");
        price.textContent = formatPrice(product.price, product.currency);
        extra.push(price);
    }
    return option(`s-product-${index}`, product.url, product.name, extra);
}

function group(title, options) {
    if (!options.length) return [];
    const box = document.createElement("div");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", title);
    const head = document.createElement("div");
    head.className = "group";
    head.setAttribute("aria-hidden", "true");
    head.textContent = title;
    box.append(head, ...options);
    return [box];
}

function fill(list, answer) {
    const searchFor = (query) => `${langPrefix()}/search/?q=${encodeURIComponent(query)}`;
    list.replaceChildren(
        ...group(word("products"), answer.products.map(productOption)),
        ...group(word("categories"), answer.categories.map((entry, i) => option(`s-category-${i}`, entry.url, entry.name))),
        ...group(word("queries"), answer.queries.map((query, i) => option(`s-query-${i}`, searchFor(query), query))),
    );
}

class Suggest {
    constructor(form) {
        this.input = form.querySelector("input[name=q]");
        this.list = this.makeList(form);
        this.status = document.createElement("p");
        this.status.className = "sr";
        this.status.setAttribute("role", "status");
        form.append(this.list, this.status);
        this.input.setAttribute("role", "combobox");
        this.input.setAttribute("aria-autocomplete", "list");
        this.input.setAttribute("aria-controls", this.list.id);
        this.close();
        this.input.addEventListener("input", () => this.wait());
        this.input.addEventListener("keydown", (event) => this.onKey(event));
        this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    }

    makeList(form) {
        const list = document.createElement("div");
        list.id = "suggestions";
        list.className = "suggest";
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", form.querySelector("label").textContent);
        list.addEventListener("pointerdown", (event) => {
            const chosen = event.target.closest("[role=option]");
            if (!chosen) return;
            event.preventDefault();
            location.assign(chosen.dataset.href);
        });
        return list;
    }

    wait() {
        clearTimeout(this.timer);
        this.request?.abort();
        const query = this.input.value.trim();
        if (query.length < 2) return this.close();
        this.timer = setTimeout(() => this.ask(query), WAIT);
    }

    async ask(query) {
        this.request = new AbortController();
        const { lang, dataset } = document.documentElement;
        const search = new URLSearchParams({ q: query, lang, currency: dataset.currency });
        try {
            const answer = await fetch(`/api/product/suggest/?${search}`, { signal: this.request.signal });
            if (answer.ok) this.show(await answer.json());
        } catch (error) {
            if (error.name !== "AbortError") this.close(); // the plain search still works
        }
    }

    show(answer) {
        fill(this.list, answer);
        this.options = [...this.list.querySelectorAll("[role=option]")];
        if (!this.options.length) {
            this.close();
            this.status.textContent = word("noResults");
            return;
        }
        this.chosen = -1;
        this.list.hidden = false;
        this.input.setAttribute("aria-expanded", "true");
        this.status.textContent = `${word("results")} ${this.options.length}`;
    }

    close() {
        this.list.hidden = true;
        this.options = [];
        this.chosen = -1;
        this.input.setAttribute("aria-expanded", "false");
        this.input.removeAttribute("aria-activedescendant");
    }

    move(step) {
        const count = this.options.length;
        if (!count) return;
        this.options[this.chosen]?.setAttribute("aria-selected", "false");
        this.chosen = this.chosen < 0 && step < 0 ? count - 1 : (this.chosen + step + count) % count;
        const option = this.options[this.chosen];
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        this.input.setAttribute("aria-activedescendant", option.id);
    }

    onKey(event) {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            this.move(event.key === "ArrowDown" ? 1 : -1);
        } else if (event.key === "Escape" && !this.list.hidden) {
            event.preventDefault();
            this.close();
        } else if (event.key === "Enter" && this.chosen >= 0) {
            event.preventDefault();
            location.assign(this.options[this.chosen].dataset.href);
        }
    }
}

export function watchSearch() {
    document.querySelectorAll("[data-suggest]").forEach((form) => new Suggest(form));
}
