import { expect, test } from "vitest";
import { api, body, cartToken } from "../src/api/client";
import { signedIn, signedOut } from "../src/api/session";
import { serve } from "./server";

const access = (seconds: number, name: string) =>
    `h.${btoa(JSON.stringify({ exp: Date.now() / 1000 + seconds, name }))}.s`;
const user = { id: 1 } as never;

test("a guest's token is kept and sent back; no token of the signed-in lies in storage", async () => {
    const log = serve(() => ({ body: {}, headers: { "X-Cart-Token": "t".repeat(43) } }));
    await body(api.GET("/api/cart/"));
    await body(api.GET("/api/cart/"));
    expect(cartToken()).toBe("t".repeat(43));
    expect(log[1]!.headers.get("X-Cart-Token")).toBe("t".repeat(43));
    signedIn({ access: access(300, "secret"), refresh: "refresh-secret", user });
    await body(api.GET("/api/cart/"));
    expect(log[2]!.headers.get("Authorization")).toMatch(/^Bearer h\./);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/h\.|refresh-secret/);
    signedOut();
});

test("an access token that ends is renewed once, for all who wait", async () => {
    signedIn({ access: access(5, "old"), refresh: "first", user });
    const fresh = access(300, "new");
    const log = serve(({ path }) => (path === "/api/self/refresh/" ? { body: { access: fresh, refresh: "second" } } : { body: {} }));
    await Promise.all([body(api.GET("/api/cart/")), body(api.GET("/api/order/")), body(api.GET("/api/address/"))]);
    const renewals = log.filter(({ path }) => path === "/api/self/refresh/");
    expect(renewals.map((asked) => asked.body)).toEqual([{ refresh: "first" }]);
    const others = log.filter(({ path }) => path !== "/api/self/refresh/");
    expect(others.every(({ headers }) => headers.get("Authorization") === `Bearer ${fresh}`)).toBe(true);
    signedOut();
});
