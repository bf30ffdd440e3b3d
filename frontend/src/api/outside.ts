/**
 * Sign-in through another service. The browser goes there and comes back with a code; only who holds the verifier, this
 * window, gets tokens for it (RFC 7636).
 */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { entered } from "./account";
import { api, body, type Schemas } from "./client";
import { Problem } from "./problem";

const VERIFIER = "outside-verifier";
const FOR_A_WHILE = 5 * 60_000;

export function useServices() {
    return useQuery({ queryKey: ["services"], staleTime: FOR_A_WHILE, queryFn: () => body(api.GET("/api/self/outside/")) as Promise<Schemas["ServiceRow"][]> });
}

const url64 = (bytes: Uint8Array) =>
    btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** The address to go to; `next` is where to go on after it. */
export async function wayOut(start: string, next: string): Promise<string> {
    const verifier = url64(crypto.getRandomValues(new Uint8Array(32)));
    sessionStorage.setItem(VERIFIER, verifier);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    const back = `${import.meta.env.BASE_URL}sign-in/back?next=${encodeURIComponent(next)}`;
    return `${start}?${new URLSearchParams({ code_challenge: url64(new Uint8Array(digest)), return: back })}`;
}

/** Back again, with a code or with a refusal. */
export function useTakeOver() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: ({ code, error }: { code: string; error: string }) => {
            const verifier = sessionStorage.getItem(VERIFIER) ?? "";
            sessionStorage.removeItem(VERIFIER);
            if (!code || !verifier) throw new Problem(400, { code: error || "outside_failed" });
            return body(api.POST("/api/self/outside/", { body: { code, code_verifier: verifier, cookie: true } }));
        },
        onSuccess: (answer) => entered(client, answer),
    });
}
