/**
 * Who is signed in. The access token lives in memory alone; the refresh token in a cookie that no script can read, so
 * that a reload stays signed in. What lies in storage is only whether it is worth asking for.
 */
import { useSyncExternalStore } from "react";
import type { components } from "./schema";

export type User = components["schemas"]["Profile"];

const EARLY = 20_000;
const WORTH_ASKING = "signed-in";
let access: { token: string; expires: number } | null = null;
let user: User | null = null;
let renewing: Promise<void> | null = null;
const listeners = new Set<() => void>();

function tell(): void {
    for (const listener of listeners) listener();
}

function remember(isIn: boolean): void {
    try {
        if (isIn) localStorage.setItem(WORTH_ASKING, "1");
        else localStorage.removeItem(WORTH_ASKING);
    } catch {
        // without storage a reload signs out
    }
}

function isRemembered(): boolean {
    try {
        return localStorage.getItem(WORTH_ASKING) !== null;
    } catch {
        return false;
    }
}

function expiry(token: string): number {
    const claims = JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")));
    return Number(claims.exp) * 1000;
}

function hold(answer: { access: string }): void {
    access = { token: answer.access, expires: expiry(answer.access) };
}

export function signedIn(answer: { access: string; user: User }): void {
    hold(answer);
    user = answer.user;
    remember(true);
    tell();
}

export function signedOut(): void {
    access = user = null;
    remember(false);
    tell();
}

export function renameUser(changed: User): void {
    user = changed;
    tell();
}

/** The access token, renewed before it runs out: once, for all who wait. */
export async function accessToken(): Promise<string> {
    if (access && access.expires - EARLY < Date.now()) await (renewing ??= renew().finally(() => (renewing = null)));
    return access?.token ?? "";
}

/** At the start of the page: who was signed in in this browser still is. */
export async function resume(): Promise<void> {
    if (!isRemembered()) return;
    await renew();
    if (!access) return;
    const answer = await fetch("/api/self/", { credentials: "omit", headers: { Authorization: `Bearer ${access.token}` } });
    if (answer.ok) user = await answer.json();
    else access = null;
    tell();
}

/** A refresh token works once, and all windows of the browser share it: they renew one after another. */
async function renew(): Promise<void> {
    if (navigator.locks) return navigator.locks.request("renew", renewNow);
    return renewNow();
}

async function renewNow(): Promise<void> {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/api/self/refresh/", { method: "POST", credentials: "same-origin", headers, body: "{}" });
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
