/** Drafts, for whoever holds an editor's token: opened by the admin's preview, kept nowhere. */
import { useQuery } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";
import type { CmsPage } from "./site";

export type Draft =
    | { told: Schemas["PreviewOut"]; kind: "page"; page: CmsPage }
    | { told: Schemas["PreviewOut"]; kind: "product"; product: Schemas["ProductDraft"] }
    | { told: Schemas["PreviewOut"]; kind: "category"; category: Schemas["Category"] };

export function useDraft(token: string) {
    return useQuery({ queryKey: ["draft", token], gcTime: 0, retry: false, queryFn: () => draftOf(token) });
}

async function draftOf(token: string): Promise<Draft> {
    const query = { preview: token } as never;
    const told = await body(api.GET("/api/preview/", { params: { query } }));
    if (told.kind === "page")
        return { told, kind: "page", page: await body(api.GET("/api/pages/{page_id}/", { params: { path: { page_id: told.id }, query } })) };
    if (told.kind === "product") {
        const params = { path: { product_id: told.id }, query };
        return { told, kind: "product", product: await body(api.GET("/api/product/{product_id}/", { params })) };
    }
    const params = { path: { category_id: told.id }, query };
    return { told, kind: "category", category: await body(api.GET("/api/category/{category_id}/", { params })) };
}
