import { expect, test } from "vitest";
import { exchangesFor, returnableUnits } from "../src/exchange";
import { itemOf, orderOf } from "./orders";

const variant = (id: number, size: string, price: string | null, in_stock = true) => ({ id, options: { size }, price, in_stock, sku: `OS-1-${size}` });
const options = [{ code: "size", name: "Size", values: [{ value: "s", label: "Small" }, { value: "l", label: "Large" }] }];
const product = (...variants: unknown[]) => ({ variants, options }) as never;

test("what is there and costs no more than was paid may be had instead, by its words", () => {
    const found = exchangesFor(itemOf(), product(variant(100, "s", "250.00"), variant(101, "l", "249.99"), variant(102, "xl", "250.01"), variant(103, "m", "1.00", false)), "INR");
    expect(found).toEqual([
        { id: 100, text: "Small", isSame: true },
        { id: 101, text: "Large", isSame: false },
    ]);
});

test("a piece that has become dearer since may be had again", () => {
    const found = exchangesFor(itemOf(), product(variant(100, "s", "300.00"), variant(101, "l", "300.00")), "INR");
    expect(found.map(({ id }) => id)).toEqual([100, 101]);
});

test("no product, no exchange", () => expect(exchangesFor(itemOf(), undefined, "INR")).toEqual([]));

test("only what has arrived and is not on its way back can be sent back", () => {
    const order = orderOf({ items: [itemOf({ id: 1, quantity: 3, returned: 1 }), itemOf({ id: 2 })] });
    const parcel = (status: string, item_id: number, quantity: number) => ({ status, items: [{ item_id, quantity }] });
    const parcels = [parcel("delivered", 1, 2), parcel("in_transit", 1, 1), parcel("in_transit", 2, 2)];
    expect([...returnableUnits(order, parcels as never)]).toEqual([[1, 1], [2, 0]]);
});
