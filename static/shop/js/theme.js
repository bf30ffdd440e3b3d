// Runs before the first paint: the chosen light or dark, the mark that scripts are on, and whether to ask for consent.
(() => {
    const root = document.documentElement;
    const isOther = (name, written) => (localStorage.getItem(name) ?? written) !== written;
    root.classList.add("js");
    try {
        const chosen = localStorage.getItem("theme");
        if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
        // At /app/ the first view is written in a newcomer's words: who has chosen others waits for their own.
        const [language, currency] = (root.dataset.firstView ?? "").split(" ");
        if (currency && (isOther("language", language) || isOther("currency", currency))) root.dataset.firstView = "other";
    } catch {
        // Storage may be forbidden; then the system decides.
    }
    // Who has answered this wording of the consent, or a later one, is not asked: known before the first paint.
    const said = /(?:^|; )consent=(\d+)\./.exec(document.cookie);
    if (said && Number(said[1]) >= Number(root.dataset.consentVersion)) root.dataset.consent = "said";
})();
