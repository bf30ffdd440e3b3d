/**
 * Who is signed in. Both tokens live in memory alone: a reload signs out, and nothing that reads storage finds them.
 * A reload will keep the sign-in once the API sets the refresh token as an HttpOnly cookie (docs/frontend.md).
 */
import { useSyncExternalStore } from "react";
import type { components } from "./schema";

export type User = components["schemas"]["Profile"];
type Tokens = { access: string; refresh: string; expires: number };

const EARLY = 20_000;
let tokens: Tokens | null = null;
let user: User | null = null;
let renewing: Promise<void> | null = null;
const listeners = new Set<() => void>();

function tell(): void {
    for (const listener of listeners) listener();
}

function expiry(access: string): number {
    const claims = JSON.parse(atob((access.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")));
    return Number(claims.exp) * 1000;
}

function hold(pair: { access: string; refresh: string }): void {
    tokens = { access: pair.access, refresh: pair.refresh, expires: expiry(pair.access) };
}

export function signedIn(answer: { access: string; refresh: string; user: User }): void {
    hold(answer);
    user = answer.user;
    tell();
}

export function signedOut(): void {
    tokens = user = null;
    tell();
}

export function renameUser(changed: User): void {
    user = changed;
    tell();
}

export const refreshToken = () => tokens?.refresh ?? "";

/** The access token, renewed before it runs out. A refresh token works once, so all callers wait for the same renewal. */
export async function accessToken(): Promise<string> {
    if (tokens && tokens.expires - EARLY < Date.now()) await (renewing ??= renew().finally(() => (renewing = null)));
    return tokens?.access ?? "";
}

async function renew(): Promise<void> {
    const answer = await fetch("/api/self/refresh/", {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ refresh: refreshToken() }),
    });
    if (answer.ok) hold(await answer.json());
    else if (answer.status === 401 || answer.status === 400) signedOut();
}

export function useUser(): User | null {
    return useSyncExternalStore(
        (listener) => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        () => user,
    );
}
