import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";
import { refreshCart } from "./cart";

export type Order = Schemas["Order"];
export type Return = Schemas["Return"];
export type RefundTo = Schemas["RefundToEnum"];
export type Placing = Schemas["PlaceOrderRequest"];

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** The newest first, a page at a time: `fetchNextPage` brings older ones. */
export function useOrders() {
    return useInfiniteQuery({
        queryKey: ["orders"],
        queryFn: ({ pageParam }) => body(api.GET("/api/order/", { params: { query: { page: pageParam } } })),
        initialPageParam: 1,
        getNextPageParam: ({ next }, pages) => (next ? pages.length + 1 : undefined),
        select: ({ pages }) => pages.flatMap(({ results }) => results),
    });
}

export function useOrder(id: number) {
    return useQuery({
        queryKey: ["order", id],
        queryFn: () => body(api.GET("/api/order/{order_id}/", { params: { path: { order_id: id } } })),
        // Money may be told of a moment later: by the gateway's message, or from the app on the buyer's phone.
        refetchInterval: ({ state: { data, dataUpdateCount } }) =>
            data && data.can_pay && dataUpdateCount < MOST_LOOKS ? LOOK_AGAIN_MS : false,
    });
}

const PATIENCE_MS = 30_000; // a line that is dead often stays silent
const LOOK_AGAIN_MS = 3000;
const MOST_LOOKS = 40;

export const isCash = (order: Order) => order.payment.method === "cod";
export const isExchange = (order: Order) => order.payment.method === "exchange";

/** Answers alike whether there is such an order or not: only its letter tells. */
export function useLookUp() {
    return useMutation({
        mutationFn: (asked: { number: string; email: string }) =>
            body(api.POST("/api/order/look-up/", { params: { header: key() }, body: { ...asked, client: "app" } })),
    });
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
    return body(api.POST("/api/order/", { params, body: order, signal: AbortSignal.timeout(PATIENCE_MS) }));
}

export function useCancel(id: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (to: RefundTo) =>
            body(
                api.POST("/api/order/{order_id}/cancel/", {
                    params: { path: { order_id: id }, header: key() },
                    body: { refund_to: to },
                }),
            ),
        onSuccess: (order) => showOrder(client, order),
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

/** Another way of paying, while nothing is paid: what is to be paid may change, such as by the fee for cash. */
export function usePayOtherwise(id: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (method: Placing["payment_method"]) =>
            body(api.PATCH("/api/order/{order_id}/", { params: { path: { order_id: id } }, body: { payment_method: method } })),
        onSuccess: (order) => showOrder(client, order),
    });
}

export function useSendElsewhere(id: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (address: Schemas["OrderAddressRequest"]) =>
            body(api.PUT("/api/order/{order_id}/address/", { params: { path: { order_id: id } }, body: address })),
        onSuccess: (order) => showOrder(client, order),
    });
}

/** The code of a cash order; without one, a new one is sent. */
export function useCashCode(id: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (code: string) =>
            body(api.POST("/api/order/{order_id}/confirm/", { params: { path: { order_id: id }, header: key() }, body: { code } })),
        onSuccess: (order) => showOrder(client, order),
    });
}

export function useReturns(id: number) {
    return useQuery({
        queryKey: ["returns", id],
        queryFn: async () =>
            (await body(api.GET("/api/order/{order_id}/return/", { params: { path: { order_id: id } } }))).results,
    });
}

export function useReturn(id: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (asked: Schemas["ReturnBodyRequest"]) =>
            body(api.POST("/api/order/{order_id}/return/", { params: { path: { order_id: id }, header: key() }, body: asked })),
        onSuccess: () => {
            client.invalidateQueries({ queryKey: ["order", id] });
            return client.invalidateQueries({ queryKey: ["returns", id] });
        },
    });
}

function showOrder(client: QueryClient, order: Order): Promise<void> {
    client.setQueryData(["order", order.id], order);
    return client.invalidateQueries({ queryKey: ["orders"] });
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
