import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";
import { refreshCart } from "./cart";

export type Order = Schemas["Order"];
export type Placing = Schemas["PlaceOrderRequest"];

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

export function useOrders() {
    return useQuery({
        queryKey: ["orders"],
        queryFn: async () => {
            // The answer is a page; the document says a bare list.
            const page = await body(api.GET("/api/order/"));
            return (page as unknown as { results: Order[] }).results;
        },
    });
}

export function useOrder(id: number) {
    return useQuery({
        queryKey: ["order", id],
        queryFn: () => body(api.GET("/api/order/{order_id}/", { params: { path: { order_id: id } } })),
        // Money may be told of a moment later: by the gateway's message, or from the app on the buyer's phone.
        refetchInterval: ({ state: { data, dataUpdateCount } }) =>
            data && waitsForMoney(data) && dataUpdateCount < MOST_LOOKS ? LOOK_AGAIN_MS : false,
    });
}

const LOOK_AGAIN_MS = 3000;
const MOST_LOOKS = 40;

export function waitsForMoney(order: Order): boolean {
    return order.status === "pending" && order.payment_status === "pending" && order.payment.method !== "cod";
}

export function useTracking(id: number) {
    return useQuery({
        queryKey: ["tracking", id],
        queryFn: () => body(api.GET("/api/order/{order_id}/tracking/", { params: { path: { order_id: id } } })),
    });
}

/** One key for each attempt of the same order: pressed twice, or sent again by a bad network, it is placed once. */
export function placeOrder(order: Placing, attempt: string, acceptPrices: boolean): Promise<Order> {
    const params = { header: { "Idempotency-Key": attempt }, query: acceptPrices ? { accept_prices: true } : {} };
    return body(api.POST("/api/order/", { params, body: order }));
}

export function useCancel(id: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: () =>
            body(api.POST("/api/order/{order_id}/cancel/", { params: { path: { order_id: id }, header: key() }, body: {} })),
        onSuccess: (order) => {
            client.setQueryData(["order", id], order);
            return client.invalidateQueries({ queryKey: ["orders"] });
        },
    });
}

export function useBuyAgain(id: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: () =>
            body(api.POST("/api/order/{order_id}/buy-again/", { params: { path: { order_id: id }, header: key() } })),
        onSuccess: () => refreshCart(client),
    });
}

export function useReturn(id: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (asked: Schemas["ReturnBodyRequest"]) =>
            body(api.POST("/api/order/{order_id}/return/", { params: { path: { order_id: id }, header: key() }, body: asked })),
        onSuccess: () => client.invalidateQueries({ queryKey: ["order", id] }),
    });
}

export function useAfterPlacing() {
    const client = useQueryClient();
    return () => Promise.all([refreshCart(client), client.invalidateQueries({ queryKey: ["orders"] })]);
}

export function useShipping(pincode: string) {
    return useQuery({
        queryKey: ["shipping", pincode],
        enabled: /^[1-9]\d{5}$/.test(pincode),
        queryFn: () => body(api.GET("/api/cart/shipping/", { params: { query: { pincode } } })),
    });
}
