import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { arrived, beginAttempt, keepAttempt, meaningOf, openAttempt } from "../src/api/attempt";
import { Problem } from "../src/api/problem";
import Cart from "../src/pages/Cart";
import { cartOf } from "./carts";
import { checkout, order, toPayment } from "./checkouts";
import { serve } from "./server";
import { show } from "./show";

const LOST = "We do not know yet whether your order came through";
const keys = (asked: { headers: Headers }[]) => new Set(asked.map(({ headers }) => headers.get("Idempotency-Key")));

test("an answer that got lost is asked for with the same key and words when the connection is back", async () => {
    const { placings } = checkout(["lost"]);
    await toPayment();
    await order();
    const title = await screen.findByRole("heading", { name: LOST });
    expect(title).toHaveFocus();
    expect(screen.queryByText(/Nothing has been charged|Nothing here yet/)).toBeNull();
    fireEvent(window, new Event("online"));
    await screen.findByRole("heading", { name: "Order 7" });
    expect(placings()).toHaveLength(2);
    expect(keys(placings()).size).toBe(1);
    expect(placings()[0]!.body).toEqual(placings()[1]!.body);
});

test("a reload asks at once, although the cart is empty by now", async () => {
    const first = checkout(["lost"]);
    await toPayment();
    await order();
    await screen.findByRole("heading", { name: LOST });
    first.unmount();
    const again = checkout();
    await screen.findByRole("heading", { name: "Order 7" });
    expect(keys([...first.placings(), ...again.placings()]).size).toBe(1);
});

test("an order that is made already is not sent again: a reload while paying leads to it", async () => {
    keepAttempt({ ...beginAttempt({ payment_method: "razorpay" }, false, 0), made: 9 });
    const { placings } = checkout();
    await screen.findByRole("heading", { name: "Order 9" });
    expect(placings()).toEqual([]);
    arrived({ id: 9 } as never);
    expect(openAttempt(0)).toBeNull();
});

test("a refusal after a lost answer leads back to what was chosen, and the next press is another attempt", async () => {
    const { placings } = checkout(["lost", { status: 409, body: { code: "out_of_stock", detail: "Sold out.", available: 0 } }]);
    await toPayment();
    await order();
    await userEvent.click(await screen.findByRole("button", { name: "Ask now" }));
    expect(await screen.findByRole("radio", { name: /Cash on delivery/ })).toBeChecked();
    expect(screen.queryByText(LOST)).toBeNull();
    await order();
    await screen.findByRole("heading", { name: "Order 7" });
    expect(keys(placings()).size).toBe(2);
});

test("nothing is sent by itself long after, nor for another buyer", async () => {
    keepAttempt({ ...beginAttempt({ payment_method: "cod" }, false, 0), at: Date.now() - 31 * 60_000 });
    const { placings } = checkout();
    await screen.findByRole("heading", { name: LOST });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(placings()).toEqual([]);
    expect(openAttempt(5)).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Ask now" }));
    await screen.findByRole("heading", { name: "Order 7" });
});

test("meanwhile an empty cart leads to where it is asked", async () => {
    beginAttempt({ payment_method: "cod" }, false, 0);
    serve(({ path }) => ({ body: path === "/api/cart/" ? cartOf() : [] }));
    show(<Cart />);
    await waitFor(() => expect(screen.getByText("elsewhere")).toBeVisible());
});

test.each([
    [new Problem(0), "lost"],
    [new Problem(502), "lost"],
    [new Problem(503), "lost"],
    [new Problem(503, { code: "gateway_unavailable" }), "broken"],
    [new Problem(409, { code: "idempotency_in_progress" }), "lost"],
    [new Problem(409, { code: "out_of_stock" }), "refused"],
    [new Problem(401), "refused"],
    [new Problem(500), "broken"],
])("%o means %s", (problem, meaning) => expect(meaningOf(problem, false)).toBe(meaning));

test("what does not tell of the first press does not end its attempt", () => {
    expect([429, 500].map((status) => meaningOf(new Problem(status), true))).toEqual(["lost", "lost"]);
    expect(meaningOf(new Problem(401), true)).toBe("broken");
    expect(meaningOf(new Problem(409, { code: "cart_empty" }), true)).toBe("refused");
});
