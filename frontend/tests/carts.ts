import type { Cart } from "../src/api/changeCart";

export function cartOf(...lines: [id: number, quantity: number, price: string][]): Cart {
    const items = lines.map(([id, quantity, price]) => ({
        id,
        product_id: id * 10,
        variant_id: id * 100,
        sku: `OS-${id}`,
        name: `Piece ${id}`,
        options: {},
        options_text: "",
        image: null,
        url: "",
        quantity,
        unit_price: price,
        compare_at_price: null,
        line_total: (Number(price) * quantity).toFixed(2),
        currency: "INR",
        available: 5,
        max_quantity: 999,
    }));
    const subtotal = items.reduce((sum, item) => sum + Number(item.line_total), 0);
    return {
        id: 1,
        currency: "INR",
        items,
        item_count: items.reduce((sum, item) => sum + item.quantity, 0),
        subtotal: subtotal.toFixed(2),
        discount: "0.00",
        discounts: [],
        shipping: "49.00",
        tax: "0.00",
        total: (subtotal + 49).toFixed(2),
        price_includes_tax: true,
        coupon: null,
        warnings: [],
    };
}
