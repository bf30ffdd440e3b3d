import { type QueryClient, useMutation, useMutationState, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body } from "./client";
import { count } from "./consent";
import { type Cart, type CartChange, changeCart } from "./changeCart";

export const CART = ["cart"];

/** The server's cart with every change on top that it has not answered yet. A refused change is simply gone again. */
export function useCart(): { cart: Cart | undefined; isPending: boolean; error: unknown; refetch: () => void } {
    const query = useQuery({ queryKey: CART, queryFn: () => body(api.GET("/api/cart/")) });
    const waiting = useMutationState({
        filters: { mutationKey: CART, status: "pending" },
        select: (mutation) => mutation.state.variables as CartChange,
    });
    const cart = query.data && waiting.reduce(changeCart, query.data);
    return { cart, isPending: query.isPending, error: query.error, refetch: query.refetch };
}

function tellServer(change: CartChange): Promise<unknown> {
    if (change.kind === "add") {
        const added = { product_id: change.productId, variant_id: change.variantId, quantity: change.quantity };
        return body(api.POST("/api/cart/items/", { body: added }));
    }
    const params = { path: { item_id: change.itemId } };
    if (change.kind === "remove") return body(api.DELETE("/api/cart/items/{item_id}/", { params }));
    return body(api.PATCH("/api/cart/items/{item_id}/", { params, body: { quantity: change.quantity } }));
}

/** Changes run one after another; each stays on top of the cart until the server's new cart is here. */
export function useChangeCart() {
    const client = useQueryClient();
    return useMutation({
        mutationKey: CART,
        scope: { id: "cart" },
        networkMode: "always",
        mutationFn: tellServer,
        onSuccess: (_answer, change) => {
            if (change.kind === "add") count("add", { product_id: change.productId, quantity: change.quantity });
        },
        onSettled: () => refreshCart(client),
    });
}

export function refreshCart(client: QueryClient): Promise<void> {
    return client.invalidateQueries({ queryKey: CART });
}
