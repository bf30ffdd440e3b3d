/** The cart as it will be once the server has agreed: shown at once, dropped again when it has not. */
import { fromMinor, toMinor } from "../money";
import type { Schemas } from "./client";

export type Cart = Schemas["Cart"];
export type CartChange =
    | { kind: "add"; productId: number; variantId: number; quantity: number }
    | { kind: "quantity"; itemId: number; quantity: number }
    | { kind: "remove"; itemId: number };

type Item = Cart["items"][number];

export function changeCart(cart: Cart, change: CartChange): Cart {
    return withSums(cart, changed(cart.items, change));
}

function changed(items: Item[], change: CartChange): Item[] {
    switch (change.kind) {
        case "remove":
            return items.filter((item) => item.id !== change.itemId);
        case "quantity":
            if (change.quantity === 0) return changed(items, { kind: "remove", itemId: change.itemId });
            return items.map((item) => (item.id === change.itemId ? withQuantity(item, change.quantity) : item));
        case "add": // a new line needs the server's words for it; one that is there already can grow at once
            return items.map((item) =>
                item.variant_id === change.variantId ? withQuantity(item, item.quantity + change.quantity) : item,
            );
    }
}

function withQuantity(item: Item, quantity: number): Item {
    if (!item.unit_price) return { ...item, quantity };
    const total = toMinor(item.unit_price, item.currency) * BigInt(quantity);
    return { ...item, quantity, line_total: fromMinor(total, item.currency) };
}

/** Discounts and delivery are the server's to know: they stay as they were until it answers. */
function withSums(cart: Cart, items: Item[]): Cart {
    const minor = (amount: string) => toMinor(amount, cart.currency);
    const subtotal = items.reduce((sum, item) => sum + minor(item.line_total ?? "0"), 0n);
    const total = minor(cart.total) - minor(cart.subtotal) + subtotal;
    return {
        ...cart,
        items,
        item_count: items.reduce((sum, item) => sum + item.quantity, 0),
        subtotal: fromMinor(subtotal, cart.currency),
        total: fromMinor(items.length === 0 || total < 0n ? 0n : total, cart.currency),
    };
}
