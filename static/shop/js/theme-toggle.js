function isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function watchTheme() {
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
        button.hidden = false;
        button.setAttribute("aria-pressed", isDark());
        button.addEventListener("click", () => {
            const theme = isDark() ? "light" : "dark";
            document.documentElement.dataset.theme = theme;
            button.setAttribute("aria-pressed", theme === "dark");
            try {
                localStorage.setItem("theme", theme);
            } catch {
                // Storage may be forbidden; the choice then lasts for this page.
            }
        });
    }
}
