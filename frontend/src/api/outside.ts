/**
 * Sign-in through another service. The browser goes there and comes back with a code; only who holds the verifier, this
 * window, gets tokens for it (RFC 7636).
 */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { entered } from "./account";
import { api, body, type Schemas } from "./client";
import { Problem } from "./problem";

type Came = { code: string; error: string };
const VERIFIER = "outside-verifier";
const FOR_A_WHILE = 5 * 60_000;

export function useServices() {
    return useQuery({ queryKey: ["services"], staleTime: FOR_A_WHILE, queryFn: () => body(api.GET("/api/self/outside/")) as Promise<Schemas["ServiceRow"][]> });
}

const url64 = (bytes: Uint8Array) =>
    btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** The address to go to, to sign in; `next` is where to go on after it. */
export const wayOut = (start: string, next: string) => leaveFor(start, `sign-in/back?next=${encodeURIComponent(next)}`);

/** The same, to link that account to one's own. What it brings back signs in to nothing. */
export const wayToLink = (start: string) => leaveFor(start, "account/security/linked", { link: "1" });

async function leaveFor(start: string, back: string, more: Record<string, string> = {}): Promise<string> {
    const verifier = url64(crypto.getRandomValues(new Uint8Array(32)));
    sessionStorage.setItem(VERIFIER, verifier);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    const asked = { code_challenge: url64(new Uint8Array(digest)), return: import.meta.env.BASE_URL + back, ...more };
    return `${start}?${new URLSearchParams(asked)}`;
}

/** What the browser came back with, once: a code and the verifier that this window kept for it. Raises Problem. */
function brought({ code, error }: Came) {
    const verifier = sessionStorage.getItem(VERIFIER) ?? "";
    sessionStorage.removeItem(VERIFIER);
    if (!code || !verifier) throw new Problem(400, { code: error || "outside_failed" });
    return { code, code_verifier: verifier };
}

/** Back again, with a code or with a refusal. */
export function useTakeOver() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: async (came: Came) => body(api.POST("/api/self/outside/", { body: { ...brought(came), cookie: true } })),
        onSuccess: (answer) => entered(client, answer),
    });
}

const LINKED = ["linked"];

export function useLinked() {
    return useQuery({ queryKey: LINKED, queryFn: async () => (await body(api.GET("/api/self/outside/linked/"))).results });
}

/** Kept until it is used: where the server wants a proof of who it is first, the same is sent once more. */
export function useLink() {
    const client = useQueryClient();
    const shown = useRef<ReturnType<typeof brought> | null>(null);
    return useMutation({
        mutationFn: async (came: Came) => {
            shown.current ??= brought(came);
            await body(api.POST("/api/self/outside/linked/", { body: shown.current }));
        },
        onSuccess: () => client.invalidateQueries({ queryKey: LINKED }),
    });
}

export function useUnlink() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: async (service: string) => {
            await body(api.DELETE("/api/self/outside/{service}/", { params: { path: { service } } }));
        },
        onSuccess: () => client.invalidateQueries({ queryKey: LINKED }),
    });
}
