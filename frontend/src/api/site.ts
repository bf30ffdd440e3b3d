/** Pages, menu and addresses of the shop: the same paths as the rendered pages, so that one link means one thing. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";
import { type Language, usePreferences } from "../preferences";
import { api, body, earlyNow, type Schemas } from "./client";

export type Block = Schemas["PageBlock"];
export type CmsPage = Schemas["PageDetail"];
export type Place = Pick<Schemas["PlaceOut"], "kind" | "id"> & Partial<Schemas["PlaceOut"]>;
const FOR_A_WHILE = 5 * 60_000;

export function useNavigation() {
    const { language } = usePreferences();
    return useQuery({
        queryKey: ["navigation", language],
        staleTime: FOR_A_WHILE,
        placeholderData: keepPreviousData, // of the language before: nothing goes away in between
        initialData: () => earlyNow<Schemas["Navigation"]>("/api/navigation/"),
        queryFn: () => body(api.GET("/api/navigation/")),
    });
}

export function useSettings() {
    const { language } = usePreferences();
    return useQuery({
        queryKey: ["settings", language],
        staleTime: FOR_A_WHILE,
        placeholderData: keepPreviousData, // of the language before: nothing goes away in between
        initialData: () => earlyNow<Schemas["Settings"]>("/api/settings/"),
        queryFn: () => body(api.GET("/api/settings/")),
    });
}

/** What stands at a path. Whoever came by a link that knew it sees it without waiting for the answer. */
export function usePlace(path: string) {
    const known = (useLocation().state as { place?: Place } | null)?.place;
    return useQuery<Place>({
        queryKey: ["place", path],
        staleTime: FOR_A_WHILE,
        initialData: () => earlyNow<Place>("/api/resolve/", { path }),
        placeholderData: known,
        queryFn: () => body(api.GET("/api/resolve/", { params: { query: { path } } })),
    });
}

export const homePath = (language: Language) => (language === "en" ? "/" : `/${language}/`);

export function useHomePage() {
    const { language, currency } = usePreferences();
    const query = { html_path: homePath(language) };
    return useQuery({
        queryKey: ["home", language, currency],
        staleTime: 60_000,
        initialData: () => earlyNow<CmsPage>("/api/pages/find/", query),
        // The answer is a redirect to the page, which is followed.
        queryFn: () => body(api.GET("/api/pages/find/", { params: { query } })) as unknown as Promise<CmsPage>,
    });
}

export function useCmsPage(id: number) {
    const { language, currency } = usePreferences();
    return useQuery({
        queryKey: ["page", id, language, currency],
        staleTime: 60_000,
        initialData: () => earlyNow<CmsPage>(`/api/pages/${id}/`),
        queryFn: () => body(api.GET("/api/pages/{page_id}/", { params: { path: { page_id: id } } })),
    });
}
