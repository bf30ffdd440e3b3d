import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

const shop = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The icons and the word mark are those of the rendered pages: one file for both. */
function icons(): Plugin {
    const sprite = readFileSync(shop("templates/includes/icons.html"), "utf8").replace(/\{#[\s\S]*?#\}/, "");
    return { name: "icons", transformIndexHtml: (html) => html.replace("<!--icons-->", sprite) };
}

/** What every view needs is one file, not one for each part that two views share: a phone pays for every round trip. */
const FILES = [
    { name: "loader", test: /preload-helper|rolldown.runtime/, priority: 1 },
    { name: "app", test: /src[\\/]App\.tsx$/ },
];

const running = process.env.SHOP_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
    base: "/app/",
    plugins: [react(), tailwindcss(), icons()],
    build: {
        // Newer than Vite's own choice: the shop's sheets use light-dark() and nesting, which must stay as they are.
        cssTarget: ["chrome123", "safari17.5", "firefox120"],
        assetsInlineLimit: 0, // data: fonts and scripts are not allowed by the policy
        modulePreload: { polyfill: false },
        manifest: "manifest.json",
        rolldownOptions: { output: { codeSplitting: { groups: FILES } } },
    },
    server: {
        fs: { allow: [".."] },
        proxy: Object.fromEntries(["/api", "/media", "/static", "/app/pay-window"].map((path) => [path, running])),
    },
    test: { environment: "jsdom", setupFiles: "tests/setup.ts", include: ["tests/**/*.test.{ts,tsx}"], css: false },
});
