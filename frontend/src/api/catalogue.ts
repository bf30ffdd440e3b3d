import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { usePreferences } from "../preferences";
import { api, body, earlyNow, type Schemas } from "./client";

export type Filters = Record<string, string | string[]>;
export type Category = Schemas["CategoryBranch"];

/** Everything the catalogue says depends on language and currency, so both are part of each key. */
function useSpoken(): string[] {
    const { language, currency } = usePreferences();
    return [language, currency];
}

export function useCategories() {
    const spoken = useSpoken();
    return useQuery({
        queryKey: ["categories", ...spoken],
        staleTime: 5 * 60_000,
        initialData: () => earlyNow<Category[]>("/api/category/", { tree: "true" }),
        queryFn: async () => {
            const tree = await body(api.GET("/api/category/", { params: { query: { tree: true } } }));
            return Array.isArray(tree) ? tree : [];
        },
    });
}

export function useProducts(filters: Filters, options: { enabled?: boolean } = {}) {
    const spoken = useSpoken();
    return useQuery({
        queryKey: ["products", filters, ...spoken],
        initialData: () => earlyNow<Schemas["ProductPage"]>("/api/product/", filters as Record<string, string>),
        queryFn: () => body(api.GET("/api/product/", { params: { query: filters as never } })),
        placeholderData: keepPreviousData,
        staleTime: 30_000,
        ...options,
    });
}

/** In the shopper's currency, or in that of an order. */
export function useProduct(id: number, currency = "", enabled = true) {
    const spoken = useSpoken();
    const query = currency ? { currency } : {};
    return useQuery({
        queryKey: ["product", id, currency, ...spoken],
        enabled,
        initialData: () => earlyNow<Schemas["ProductDraft"]>(`/api/product/${id}/`, query as Record<string, string>),
        queryFn: () => body(api.GET("/api/product/{product_id}/", { params: { path: { product_id: id }, query: query as never } })),
        staleTime: 30_000,
    });
}

export function useRelated(ids: number[]) {
    const spoken = useSpoken();
    return useQuery({
        queryKey: ["related", ids, ...spoken],
        enabled: ids.length > 0,
        staleTime: 60_000,
        queryFn: () =>
            Promise.all(
                ids.map((id) => body(api.GET("/api/product/{product_id}/", { params: { path: { product_id: id } } }))),
            ),
    });
}

export function useSuggestions(words: string) {
    const spoken = useSpoken();
    return useQuery({
        queryKey: ["suggest", words, ...spoken],
        enabled: words.length >= 2,
        staleTime: 60_000,
        placeholderData: keepPreviousData,
        queryFn: ({ signal }) => body(api.GET("/api/product/suggest/", { params: { query: { q: words } }, signal })),
    });
}

/** The way from the top shelf down to this one. */
export function pathTo(id: number, shelves: Category[]): Category[] {
    for (const shelf of shelves) {
        if (shelf.id === id) return [shelf];
        const below = pathTo(id, shelf.children);
        if (below.length > 0) return [shelf, ...below];
    }
    return [];
}

/** An address of the rendered pages and the one here: suggestions name only the former. */
export function shelfOf(url: string, shelves: Category[]): Category | undefined {
    for (const shelf of shelves) {
        const found = shelf.url === url ? shelf : shelfOf(url, shelf.children);
        if (found) return found;
    }
    return undefined;
}
