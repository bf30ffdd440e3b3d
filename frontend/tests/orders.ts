import type { Order } from "../src/api/orders";

export function orderOf(change: Partial<Order> = {}): Order {
    return {
        id: 7,
        number: "OS-7",
        status: "pending",
        payment_status: "pending",
        fulfillment_status: "unfulfilled",
        placed_at: new Date().toISOString(),
        email: "asha@example.com",
        items: [itemOf()],
        address: { name: "Asha Rao", street: "7, Church Street", city: "Bengaluru", pincode: "560001", state: "Karnataka", phone: "+919845012345" },
        billing_address: {},
        shipping_method: { code: "standard", name: "Standard" },
        subtotal: "500.00",
        discount: "0.00",
        shipping: "0.00",
        tax: "0.00",
        total: "500.00",
        store_credit: "0.00",
        currency: "INR",
        price_includes_tax: true,
        payment: { method: "razorpay", status: "pending" },
        note: "",
        gift_note: "",
        timeline: [{ at: new Date().toISOString(), event: "placed", by: "asha", note: "" }],
        can_cancel: true,
        can_pay: true,
        can_change_address: true,
        can_return: false,
        cash_code_wanted: false,
        arrival: null,
        ...change,
    } as Order;
}

export function itemOf(change: Partial<Order["items"][number]> = {}): Order["items"][number] {
    return {
        id: 1, product_id: 10, variant_id: 100, sku: "OS-1-S", name: "Piece", options: { size: "s" }, image: "", quantity: 2,
        price: "250.00", tax: "0.00", total: "500.00", shipped: 0, returned: 0, ...change,
    } as Order["items"][number];
}
