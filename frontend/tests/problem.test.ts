import { expect, test } from "vitest";
import { api, body } from "../src/api/client";
import { asProblem, fieldErrors, Problem, told } from "../src/api/problem";
import { afterSignIn } from "../src/paths";
import { serve } from "./server";

test.each([
    [new TypeError("Failed to fetch"), "No answer came from the shop."],
    [new Problem(409, { code: "out_of_stock", available: 2 }), "Only 2 left."],
    [new Problem(429, {}, 30), "in 30 seconds"],
    [new Problem(401, {}), "signed out"],
    [new Problem(404, {}), "not here, or not yours"],
    [new Problem(500, { detail: "Traceback" }), "Nothing was charged"],
    [new Problem(503, { detail: "The gateway does not answer." }), "The gateway does not answer."],
    [new Problem(409, { code: "wrong_state", detail: "It has left already." }), "It has left already."],
    [new Error("undefined is not a function"), "undefined is not a function"],
])("%o is told as %j", (error, words) => {
    expect(told(error)).toContain(words);
});

test("messages go to their fields, nested or not", () => {
    const problem = new Problem(400, { errors: { "address.pincode": ["Not of Karnataka."], email: ["Wrong.", "Very."] } });
    expect(fieldErrors(problem)).toEqual({ pincode: "Not of Karnataka.", email: "Wrong. Very." });
});

test("an answer that is no success is a Problem with the server's members", async () => {
    serve(() => ({ status: 429, body: { code: "throttled", detail: "Slow down." }, headers: { "Retry-After": "7" } }));
    const problem = asProblem(await body(api.GET("/api/cart/")).catch((error: unknown) => error));
    expect(problem).toMatchObject({ status: 429, code: "throttled", retryAfter: 7 });
});

test("a page of a proxy instead of a problem is one too", async () => {
    serve(() => ({ status: 502, body: "<html>" }));
    expect(asProblem(await body(api.GET("/api/cart/")).catch((error: unknown) => error)).status).toBe(502);
});

test("an address from outside sends nobody elsewhere after signing in", () => {
    expect(afterSignIn("/checkout")).toBe("/checkout");
    for (const bad of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", null])
        expect(afterSignIn(bad)).toBe("/account");
});
