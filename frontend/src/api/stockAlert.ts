import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "./client";
import { asProblem } from "./problem";

/** Be told once when a sold-out variant is back; answers the address that is written to. An account is told at its own. */
export function useTellMe(product: number, variant: number) {
    const client = useQueryClient();
    return useMutation({
        networkMode: "always",
        mutationFn: (email: string) =>
            body(
                api.POST("/api/product/{product_id}/stock-alert/", {
                    params: { path: { product_id: product } },
                    body: email ? { variant_id: variant, email } : { variant_id: variant },
                }),
            ),
        // It is back already, or gone for good: the page was old.
        onError: (error) => {
            if ([404, 409].includes(asProblem(error).status)) void client.invalidateQueries({ queryKey: ["product", product] });
        },
    });
}
