import { beforeEach, expect, test, vi } from "vitest";

const ANSWER = { lang: "en", currency: "INR", view: "product", answers: { "/api/resolve/?path=%2Fcup%2F": { kind: "product" }, "/api/navigation/": { lang: "en" } } };

/** The client, with what the door has written into its page. */
async function load() {
    vi.resetModules();
    document.body.innerHTML = `<script id="early" type="application/json">${JSON.stringify(ANSWER)}</script>`;
    const { earlyNow, earlyView } = await import("../src/api/client");
    return { earlyNow, earlyView, ...(await import("../src/preferences")) };
}

beforeEach(() => localStorage.clear());

test("an answer of the door is used once, by its address", async () => {
    const { earlyNow, earlyView } = await load();
    expect(earlyView()).toBe("product");
    expect(earlyNow("/api/resolve/", { path: "/cup/" })).toEqual({ kind: "product" });
    expect(earlyNow("/api/resolve/", { path: "/cup/" })).toBeUndefined();
    expect(earlyNow("/api/settings/")).toBeUndefined();
});

test("those who have chosen another language or currency ask for themselves", async () => {
    const { earlyNow, choose } = await load();
    choose({ language: "hi" });
    expect(earlyNow("/api/navigation/")).toBeUndefined();
    choose({ language: "en", currency: "USD" });
    expect(earlyNow("/api/navigation/")).toBeUndefined();
    choose({ currency: "INR" });
    expect(earlyNow("/api/navigation/")).toEqual({ lang: "en" });
});
