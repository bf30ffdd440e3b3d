/** Lists beside the cart: what one keeps an eye on, what was put aside, what was looked at. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePreferences } from "../preferences";
import { CART } from "./cart";
import { api, body, type Schemas } from "./client";
import { optimistic } from "./optimistic";
import { useUser } from "./session";

export type Wish = Schemas["Wished"];
export type SavedLine = Schemas["CartItem"];
const WISHES = ["wishes"];
const SAVED = ["saved"];

export function useWishes() {
    const { language, currency } = usePreferences();
    return useQuery({
        queryKey: [...WISHES, language, currency],
        enabled: useUser() !== null,
        staleTime: 30_000,
        queryFn: async () => (await body(api.GET("/api/wishlist/", { params: { query: { page_size: 100 } } }))).results,
    });
}

export type WishChange = { kind: "keep"; product: Schemas["ProductCard"] } | { kind: "drop" | "move"; id: number };

export function changeWishes(wishes: Wish[], change: WishChange): Wish[] {
    if (change.kind !== "keep") return wishes.filter(({ id }) => id !== change.id);
    const { product } = change;
    if (wishes.some(({ product_id }) => product_id === product.id)) return wishes;
    const added = new Date().toISOString();
    return [
        { id: -product.id, product_id: product.id, variant_id: null, added_at: added, price: null, currency: "", price_when_added: null, price_dropped: false, product },
        ...wishes,
    ];
}

function tellWish(change: WishChange): Promise<unknown> {
    if (change.kind === "keep") return body(api.POST("/api/wishlist/", { body: { product_id: change.product.id } }));
    const params = { path: { item_id: change.id } };
    if (change.kind === "drop") return body(api.DELETE("/api/wishlist/{item_id}/", { params }));
    return body(api.POST("/api/wishlist/{item_id}/move-to-cart/", { params }));
}

export function useChangeWishes() {
    const client = useQueryClient();
    const shown = optimistic<Wish[], WishChange>(client, WISHES, changeWishes);
    return useMutation({
        scope: { id: "wishes" },
        mutationFn: tellWish,
        ...shown,
        onSettled: (_data, _error, change) => Promise.all([shown.onSettled(), change.kind === "move" && client.invalidateQueries({ queryKey: CART })]),
    });
}

export function useSaved() {
    const { language, currency } = usePreferences();
    return useQuery({ queryKey: [...SAVED, language, currency], queryFn: () => body(api.GET("/api/cart/saved/")) });
}

export type SavedChange = { kind: "save" | "back" | "drop"; id: number };

/** Between the cart and what was put aside: both are read anew. */
export function useChangeSaved() {
    const client = useQueryClient();
    const shown = optimistic<SavedLine[], SavedChange>(client, SAVED, (lines, { kind, id }) =>
        kind === "save" ? lines : lines.filter((line) => line.id !== id),
    );
    return useMutation({
        mutationFn: ({ kind, id }: SavedChange): Promise<unknown> => {
            if (kind === "save") return body(api.POST("/api/cart/items/{item_id}/save-for-later/", { params: { path: { item_id: id } } }));
            const params = { path: { saved_id: id } };
            if (kind === "drop") return body(api.DELETE("/api/cart/saved/{saved_id}/", { params }));
            return body(api.POST("/api/cart/saved/{saved_id}/move-to-cart/", { params }));
        },
        ...shown,
        onSettled: () => Promise.all([shown.onSettled(), client.invalidateQueries({ queryKey: CART })]),
    });
}

/** Noted for the signed-in; a guest's would need a cookie, which this client does not send. */
export function useNoteView(product: number) {
    const user = useUser();
    useEffect(() => {
        if (user) api.POST("/api/recently-viewed/", { body: { product_id: product } as never }).catch(() => undefined);
    }, [user, product]);
}

export function useRecentlyViewed() {
    const { language, currency } = usePreferences();
    return useQuery({
        queryKey: ["viewed", language, currency],
        enabled: useUser() !== null,
        queryFn: () => body(api.GET("/api/recently-viewed/")),
    });
}
