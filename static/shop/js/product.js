// Choosing a variant changes price, stock and picture in place, from the data that the page brings along.
function variantData() {
    const block = document.getElementById("variant-data");
    return block ? JSON.parse(block.textContent) : {};
}

function writePrice(line, variant) {
    if (!line) return;
    const price = line.querySelector("b");
    if (price) price.textContent = variant.price_text;
    const was = line.querySelector("s");
    if (was) was.textContent = variant.compare_at_text ?? "";
    const off = line.querySelector("em");
    if (off) off.textContent = variant.percent_off_text ?? "";
}

function writeStock(variant) {
    const line = document.querySelector("[data-stock]");
    if (!line) return;
    line.classList.remove("ok", "few", "muted");
    line.classList.add({ in: "ok", few: "few" }[variant.stock_state] ?? "muted");
    line.querySelector("[data-stock-text]").textContent = variant.stock_text;
    line.querySelector("use").setAttribute("href", variant.stock_state === "in" ? "#i-check" : "#i-info");
}

function showPicture(index) {
    const shot = document.querySelector(`[data-shot="${index}"]`);
    const strip = shot?.closest("[data-strip]");
    if (!strip) return;
    if (strip.scrollWidth > strip.clientWidth) strip.scrollTo({ left: shot.offsetLeft, behavior: "smooth" });
    else if (index > 0) strip.prepend(shot);
}

function choose(radio) {
    const variant = variantData()[radio.value];
    if (!variant) return;
    radio.closest("fieldset").querySelector("[data-chosen]").textContent = radio.dataset.label;
    writePrice(document.querySelector("[data-price-line]"), variant);
    for (const price of document.querySelectorAll("[data-price]")) price.textContent = variant.price_text;
    writeStock(variant);
    const write = (mark, text) => {
        const place = document.querySelector(mark);
        if (place && text) place.textContent = text;
    };
    write("[data-sku]", variant.sku);
    write("[data-explained]", variant.price_explained);
    document.querySelector("[data-qty] input, .qty input")?.setAttribute("data-max", variant.quantity_max ?? 999);
    const tell = document.querySelector("[data-tell-me]");
    if (tell) {
        tell.hidden = variant.stock_state !== "out";
        tell.elements.namedItem("variant").value = radio.value;
    }
    const copy = document.querySelector("[data-variant-copy]");
    if (copy) copy.value = radio.value;
    if (Number.isInteger(variant.image_index)) showPicture(variant.image_index);
}

// The bar at the foot of a phone appears only while the real button is out of sight.
function watchStick() {
    const stick = document.querySelector("[data-stick]");
    const button = document.querySelector("[data-add]");
    if (!stick || !button) return;
    new IntersectionObserver(([entry]) => stick.classList.toggle("shown", !entry.isIntersecting)).observe(button);
}

function watchThumbs() {
    const thumbs = document.querySelector("[data-thumbs]");
    thumbs?.addEventListener("click", (event) => {
        const thumb = event.target.closest("a");
        const strip = document.querySelector("[data-strip]");
        if (!thumb || !strip) return;
        event.preventDefault();
        strip.scrollTo({ left: document.querySelector(thumb.hash).offsetLeft, behavior: "smooth" });
        thumbs.querySelector("[aria-current]")?.removeAttribute("aria-current");
        thumb.setAttribute("aria-current", "true");
    });
}

export function watchProduct() {
    watchStick();
    watchThumbs();
    document.addEventListener("change", (event) => {
        if (event.target.matches("#buy-form [name=variant]")) choose(event.target);
    });
    document.addEventListener("htmx:after:swap", (event) => {
        if (event.target.id === "main" || event.target.closest?.("#product")) {
            watchStick();
            watchThumbs();
        }
    });
}
