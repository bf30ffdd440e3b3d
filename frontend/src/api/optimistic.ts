import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Shows a change of one cached answer before the server has agreed, puts back what stood there when it refuses, and
 * asks again in the end either way. For matters where the last answer wins; the cart has its own way (`useCart`).
 */
export function optimistic<Data, Change>(client: QueryClient, queryKey: QueryKey, apply: (before: Data, change: Change) => Data) {
    return {
        onMutate: async (change: Change) => {
            await client.cancelQueries({ queryKey });
            const before = client.getQueriesData<Data>({ queryKey });
            client.setQueriesData<Data>({ queryKey }, (shown) => shown && apply(shown, change));
            return { before };
        },
        onError: (_error: unknown, _change: Change, kept?: { before: [QueryKey, Data | undefined][] }) =>
            kept?.before.forEach(([key, data]) => client.setQueryData(key, data)),
        onSettled: () => client.invalidateQueries({ queryKey }),
    };
}
