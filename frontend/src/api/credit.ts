import { useQuery } from "@tanstack/react-query";
import { usePreferences } from "../preferences";
import { api, body } from "./client";
import { useUser } from "./session";

/** What the shop owes this person, in the shopper's currency, and how it came about. */
export function useStoreCredit() {
    const { currency } = usePreferences();
    const user = useUser();
    return useQuery({
        queryKey: ["store-credit", currency],
        enabled: user !== null,
        queryFn: () => body(api.GET("/api/self/store-credit/", { params: { query: { currency } } })),
    });
}
