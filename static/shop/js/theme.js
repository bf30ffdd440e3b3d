// Runs before the first paint: the chosen light or dark, and the mark that scripts are on.
(() => {
    const root = document.documentElement;
    root.classList.add("js");
    try {
        const chosen = localStorage.getItem("theme");
        if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
    } catch {
        // Storage may be forbidden; then the system decides.
    }
})();
