import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { orderToken, takeOrderToken } from "../src/api/orderToken";
import Order from "../src/pages/Order";
import Track from "../src/pages/Track";
import { orderOf } from "./orders";
import { serve } from "./server";
import { show } from "./show";

afterEach(() => {
    sessionStorage.clear();
    history.replaceState(null, "", "/");
});

test("number and address are sent once, and the answer tells nothing of the order", async () => {
    const log = serve(() => ({ status: 202 }));
    show(<Track />, { path: "/track", at: "/track" });
    await userEvent.type(screen.getByLabelText("Order number"), " OS-24007 ");
    await userEvent.type(screen.getByLabelText("E-mail"), "guest@example.com");
    await userEvent.click(screen.getByRole("button", { name: "Send the link" }));
    expect(await screen.findByRole("status")).toHaveTextContent("If there is such an order");
    expect(screen.getByRole("heading", { name: "Look into your mail" })).toHaveFocus();
    expect(log.map(({ method, path, body }) => [method, path, body])).toEqual([
        ["POST", "/api/order/look-up/", { number: "OS-24007", email: "guest@example.com", client: "app" }],
    ]);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(screen.getByLabelText("Order number")).toBeVisible();
});

test("a mistake stands at its field", async () => {
    serve(() => ({ status: 400, body: { code: "invalid", errors: { email: ["Enter a valid email address."] } } }));
    show(<Track />, { path: "/track", at: "/track" });
    await userEvent.type(screen.getByLabelText("Order number"), "OS-1");
    await userEvent.type(screen.getByLabelText("E-mail"), "a@b");
    await userEvent.click(screen.getByRole("button", { name: "Send the link" }));
    expect(await screen.findByText("Enter a valid email address.")).toBeVisible();
});

test("an order that is not for this browser leads to the look-up, and a guest to the sign-in", async () => {
    serve(() => ({ status: 404, body: { code: "not_found" } }));
    show(<Order />, { path: "/order/:id", at: "/order/999" });
    expect(await screen.findByRole("link", { name: "Track an order" })).toHaveAttribute("href", "/track");
    expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in?next=/order/999");
});

test("a letter's token leaves the address and goes along to orders and payments, and nowhere else", async () => {
    history.replaceState(null, "", "/app/order/7#digest:time:signature");
    takeOrderToken();
    expect([location.pathname, location.hash, orderToken()]).toEqual(["/app/order/7", "", "digest:time:signature"]);
    const log = serve(({ path }) => ({ body: path.endsWith("/return/") ? { results: [] } : path.endsWith("/tracking/") ? { shipments: [] } : orderOf() }));
    show(<Order />, { path: "/order/:id", at: "/order/7" });
    await screen.findByRole("heading", { name: /₹500 to pay/ });
    const sent = log.map(({ path, headers }) => [path.split("/")[2], headers.get("X-Order-Token")]);
    expect(sent.filter(([room]) => room === "order").every(([, token]) => token === "digest:time:signature")).toBe(true);
    expect(sent.filter(([room]) => room !== "order").every(([, token]) => token === null)).toBe(true);
});

test("what stands behind the # elsewhere is no token", () => {
    history.replaceState(null, "", "/app/new-password#a-b");
    takeOrderToken();
    expect([location.hash, orderToken()]).toEqual(["#a-b", ""]);
});
