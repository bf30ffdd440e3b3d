/** What a piece that comes back may be exchanged for: a variant of the same product that costs no more. */
import type { Schemas } from "./api/client";
import type { Order } from "./api/orders";
import { toMinor } from "./money";

type Item = Order["items"][number];
type Product = Pick<Schemas["ProductDraft"], "variants" | "options">;
export type Instead = { id: number; text: string; isSame: boolean };

/** Those that are there now. What was paid counts, or what the piece costs today if that is more; the server has the last word. */
export function exchangesFor(item: Item, product: Product | undefined, currency: string): Instead[] {
    const minor = (amount: string | null) => toMinor(amount ?? "0", currency);
    const variants = product?.variants ?? [];
    const today = minor(variants.find(({ id }) => id === item.variant_id)?.price ?? null);
    const most = minor(item.price) > today ? minor(item.price) : today;
    return variants
        .filter((variant) => variant.in_stock && variant.price !== null && minor(variant.price) <= most)
        .map((variant) => ({ id: variant.id, text: textOf(variant, product!), isSame: variant.id === item.variant_id }));
}

function textOf(variant: Product["variants"][number], { options }: Product): string {
    const chosen = variant.options as Record<string, string>;
    const labels = options.map(({ code, values }) => values.find(({ value }) => value === chosen[code])?.label ?? chosen[code]);
    return labels.filter(Boolean).join(", ") || variant.sku;
}

/** How many of each line have arrived and are not on their way back. */
export function returnableUnits(order: Order, parcels: Schemas["Shipment"][]): Map<number, number> {
    const arrived = parcels.filter(({ status }) => status === "delivered").flatMap(({ items }) => items);
    return new Map(
        order.items.map((item) => {
            const units = arrived.filter(({ item_id }) => item_id === item.id).reduce((sum, { quantity }) => sum + quantity, 0);
            return [item.id, Math.max(0, units - item.returned)];
        }),
    );
}
