// Translated words stand in the page (includes/script_words.html), never in the scripts.
export function word(name) {
    return document.getElementById("words")?.dataset[name] ?? "";
}

export function langPrefix() {
    return document.documentElement.dataset.langPrefix ?? "";
}
