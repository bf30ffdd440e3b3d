import { expect, test } from "vitest";
import { changeCart } from "../src/api/changeCart";
import { cartOf } from "./carts";

test("a new quantity changes the line and every sum, to the paisa", () => {
    const cart = changeCart(cartOf([1, 1, "549.10"], [2, 2, "10.00"]), { kind: "quantity", itemId: 1, quantity: 3 });
    expect(cart.items[0]).toMatchObject({ quantity: 3, line_total: "1647.30" });
    expect(cart).toMatchObject({ item_count: 5, subtotal: "1667.30", total: "1716.30" });
});

test("a quantity of nothing takes the line out, as removing does", () => {
    const before = cartOf([1, 1, "549.00"], [2, 2, "10.00"]);
    const emptied = changeCart(before, { kind: "quantity", itemId: 1, quantity: 0 });
    expect(emptied).toEqual(changeCart(before, { kind: "remove", itemId: 1 }));
    expect(emptied.items.map(({ id }) => id)).toEqual([2]);
});

test("the last line out leaves nothing to pay, not even delivery", () => {
    expect(changeCart(cartOf([1, 1, "549.00"]), { kind: "remove", itemId: 1 })).toMatchObject({ item_count: 0, total: "0.00" });
});

test("more of a variant that is there joins its line; a new one waits for the server", () => {
    const before = cartOf([1, 1, "549.00"]);
    expect(changeCart(before, { kind: "add", productId: 10, variantId: 100, quantity: 2 }).items[0]?.quantity).toBe(3);
    expect(changeCart(before, { kind: "add", productId: 20, variantId: 200, quantity: 2 })).toEqual(before);
});

test("the cart that went in stays as it was, so that it can come back", () => {
    const before = cartOf([1, 1, "549.00"]);
    const copy = structuredClone(before);
    changeCart(before, { kind: "quantity", itemId: 1, quantity: 9 });
    expect(before).toEqual(copy);
});
