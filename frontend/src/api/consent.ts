/**
 * Whether this browser agreed to be counted, and what is told of those who did. The choice is the rendered pages' own: one
 * cookie, written by the API, so that it is asked once. The server checks it again, whatever this says.
 */
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { usePreferences } from "../preferences";
import { api, body, earlyNow, type Schemas } from "./client";

type Counted = Schemas["EventRequest"];
type Said = { version: number; visitor: string };
const listeners = new Set<() => void>();

function said(): Said | null {
    const found = /(?:^|; )consent=(\d+)\.(?:no|yes\.([0-9a-f]{32}))(?:;|$)/.exec(document.cookie);
    return found && { version: Number(found[1]), visitor: found[2] ?? "" };
}

/** The random id that this browser agreed to be counted under; empty without a yes. */
export const visitor = () => said()?.visitor ?? "";

function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

/** What this browser said to the newest text that it was asked with; `version` -1 where it was never asked. */
export function useSaid(): { version: number; isYes: boolean } {
    const version = useSyncExternalStore(subscribe, () => said()?.version ?? -1);
    return { version, isYes: useSyncExternalStore(subscribe, visitor) !== "" };
}

export function useConsentText() {
    const { language } = usePreferences();
    return useQuery({
        queryKey: ["consent", language],
        staleTime: Infinity,
        placeholderData: keepPreviousData,
        initialData: () => earlyNow<Schemas["Consents"]>("/api/consent/"),
        queryFn: () => body(api.GET("/api/consent/")),
        select: ({ texts }) => texts.find(({ purpose }) => purpose === "analytics"),
    });
}

/** The text to ask with; null for whoever has answered it, or a later one. */
export function useOpenQuestion(): Schemas["ConsentText"] | null {
    const text = useConsentText().data;
    const { version } = useSaid();
    return text && version < text.version ? text : null;
}

export function useAnswer() {
    return useMutation({
        mutationFn: (given: boolean) => body(api.POST("/api/consent/", { body: { purpose: "analytics", given } })),
        onSuccess: () => listeners.forEach((listener) => listener()),
    });
}

/** What was agreed to before the account was there is nobody's once it is closed, and goes with it. */
export async function forgetVisitor(): Promise<void> {
    if (!visitor()) return;
    await api.POST("/api/consent/", { body: { purpose: "analytics", given: false } });
    listeners.forEach((listener) => listener());
}

/** Nothing leaves before a yes. What is lost on the way is lost: counting holds nobody up. */
export function count(name: Counted["name"], facts: Record<string, unknown> = {}): void {
    if (!visitor()) return;
    navigator.sendBeacon("/api/analytics/event/", new Blob([JSON.stringify({ name, facts })], { type: "application/json" }));
}

/** What a view shows is counted once it is shown, and when the yes comes while it is. `about`: its one fact. */
export function useCount(name: Counted["name"], fact?: string, about?: string | number): void {
    const agreed = useSyncExternalStore(subscribe, visitor);
    useEffect(() => {
        if (!agreed || about === "") return;
        count(name, fact === undefined ? {} : { [fact]: about });
    }, [agreed, name, fact, about]);
}
