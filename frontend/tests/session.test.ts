import { afterEach, expect, test } from "vitest";
import { api, body, cartToken } from "../src/api/client";
import { accessToken, resume, signedIn, signedOut } from "../src/api/session";
import { serve } from "./server";

const access = (seconds: number, name: string) =>
    `h.${btoa(JSON.stringify({ exp: Date.now() / 1000 + seconds, name }))}.s`;
const user = { id: 1 } as never;

afterEach(signedOut);

test("a guest's token is kept and sent back; no token of the signed-in lies in storage", async () => {
    const log = serve(() => ({ body: {}, headers: { "X-Cart-Token": "t".repeat(43) } }));
    await body(api.GET("/api/cart/"));
    await body(api.GET("/api/cart/"));
    expect(cartToken()).toBe("t".repeat(43));
    expect(log[1]!.headers.get("X-Cart-Token")).toBe("t".repeat(43));
    signedIn({ access: access(300, "secret"), user });
    await body(api.GET("/api/cart/"));
    expect(log[2]!.headers.get("Authorization")).toMatch(/^Bearer h\./);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/h\./);
});

test("an access token that ends is renewed once, for all who wait; the refresh token is the cookie's alone", async () => {
    signedIn({ access: access(5, "old"), user });
    const fresh = access(300, "new");
    const log = serve(({ path }) => (path === "/api/self/refresh/" ? { body: { access: fresh } } : { body: {} }));
    await Promise.all([body(api.GET("/api/cart/")), body(api.GET("/api/order/")), body(api.GET("/api/address/"))]);
    const renewals = log.filter(({ path }) => path === "/api/self/refresh/");
    expect(renewals.map((asked) => asked.body)).toEqual([{}]);
    const others = log.filter(({ path }) => path !== "/api/self/refresh/");
    expect(others.every(({ headers }) => headers.get("Authorization") === `Bearer ${fresh}`)).toBe(true);
});

test("a reload is signed in again by the cookie; a guest is asked for nothing", async () => {
    const log = serve(({ path }) => (path === "/api/self/refresh/" ? { body: { access: access(300, "new") } } : { body: user }));
    await resume();
    expect(log).toHaveLength(0);
    signedIn({ access: access(300, "old"), user });
    await resume();
    expect(log.map(({ path }) => path)).toEqual(["/api/self/refresh/", "/api/self/"]);
    expect(await accessToken()).toMatch(/^h\./);
});

test("a cookie that has ended is not asked for again", async () => {
    signedIn({ access: access(300, "old"), user });
    const log = serve(() => ({ status: 401, body: { code: "token_not_valid" } }));
    await resume();
    await resume();
    expect(log).toHaveLength(1);
    expect(await accessToken()).toBe("");
});
