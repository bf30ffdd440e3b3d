import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Place } from "../src/pages/Place";
import { choose } from "../src/preferences";
import { serve } from "./server";
import { show } from "./show";

afterEach(() => {
    choose({ language: "en" });
    document.head.querySelector("link[rel=canonical]")?.remove();
});

const place = (change: object) => ({ kind: "none", id: null, path: "", lang: "en", translations: [], location: "", permanent: false, ...change });
const PAGE = { id: 9, title: "Delivery", intro: "How it comes.", body: [], meta: { type: "cms_pages.ContentPage", seo_title: "", search_description: "Days and prices.", path: "/delivery/" } };

function serveAt(places: Record<string, object>) {
    return serve(({ path }) => {
        const at = new URL(path, "http://x").searchParams.get("path");
        return { body: at === null ? PAGE : place(places[at] ?? {}) };
    });
}

test("a path leads to what stands there, which says what it is and where it is to be found", async () => {
    serveAt({ "/delivery/": { kind: "page", id: 9 } });
    show(<Place />, { path: "*", at: "/delivery/" });
    expect(await screen.findByRole("heading", { name: "Delivery" })).toBeVisible();
    await waitFor(() => expect(document.title).toContain("Delivery"));
    expect(document.head.querySelector("link[rel=canonical]")).toHaveAttribute("href", "http://localhost:3000/delivery/");
    expect(document.head.querySelector("meta[name=description]")).toHaveAttribute("content", "Days and prices.");
});

test("what has moved is followed", async () => {
    const log = serveAt({ "/old/": { kind: "redirect", location: "/delivery/" }, "/delivery/": { kind: "page", id: 9 } });
    show(<Place />, { path: "*", at: "/old/" });
    expect(await screen.findByRole("heading", { name: "Delivery" })).toBeVisible();
    expect(log.map(({ path }) => path)).toContain("/api/resolve/?path=%2Fdelivery%2F");
});

test("a redirect out of the shop is not followed", async () => {
    serveAt({ "/old/": { kind: "redirect", location: "https://evil.example/" } });
    show(<Place />, { path: "*", at: "/old/" });
    expect(await screen.findByRole("heading", { name: "Nothing stands here" })).toBeVisible();
});

test("a path of another language leads to its own in the chosen one", async () => {
    choose({ language: "hi" });
    const translations = [{ lang: "en", path: "/delivery/" }, { lang: "hi", path: "/hi/delivery/" }];
    const log = serveAt({
        "/delivery/": { kind: "page", id: 9, lang: "en", translations },
        "/hi/delivery/": { kind: "page", id: 9, lang: "hi", translations },
    });
    show(<Place />, { path: "*", at: "/delivery/" });
    expect(await screen.findByRole("heading", { name: "Delivery" })).toBeVisible();
    expect(log.map(({ path }) => path)).toContain("/api/resolve/?path=%2Fhi%2Fdelivery%2F");
});
