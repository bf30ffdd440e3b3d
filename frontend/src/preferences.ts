/** What the shopper chose to see the shop in. Kept in this browser; none of it is a secret. */
import { useSyncExternalStore } from "react";

export type Language = "en" | "hi";
export type Theme = "light" | "dark" | "system";
export type Preferences = { language: Language; currency: string; theme: Theme };

/** What the server writes into the page: there is no API for it yet (docs/frontend.md). */
export type ShopFacts = { name: string; demo: boolean; currencies: string[]; payments: Record<string, string[]>; sms: boolean };

const FALLBACK: ShopFacts = { name: "Osari", demo: false, currencies: ["INR"], payments: { INR: ["cod", "razorpay", "stripe"] }, sms: false };

export function shopFacts(): ShopFacts {
    const written = document.querySelector<HTMLMetaElement>("meta[name=shop]")?.content;
    return written ? { ...FALLBACK, ...JSON.parse(written) } : FALLBACK;
}

/** Codes of the ways of paying that take a currency. Whether cash is for this cart or order, the server says. */
export function waysToPay(currency: string): string[] {
    return shopFacts().payments[currency] ?? [];
}

export const languages: { code: Language; name: string }[] = [
    { code: "en", name: "English" },
    { code: "hi", name: "हिन्दी" },
];

function stored(name: string): string {
    try {
        return localStorage.getItem(name) ?? "";
    } catch {
        return ""; // storage may be forbidden; the choice then lasts for this visit
    }
}

function keep(name: string, value: string): void {
    try {
        localStorage.setItem(name, value);
    } catch {
        // as above
    }
}

function firstChoice(): Preferences {
    const language = stored("language") || (navigator.language.startsWith("hi") ? "hi" : "en");
    const currency = stored("currency");
    const theme = stored("theme");
    return {
        language: language === "hi" ? "hi" : "en",
        currency: shopFacts().currencies.includes(currency) ? currency : (shopFacts().currencies[0] ?? "INR"),
        theme: theme === "light" || theme === "dark" ? theme : "system",
    };
}

let current = firstChoice();
const listeners = new Set<() => void>();

export const preferences = () => current;

export function choose(change: Partial<Preferences>): void {
    current = { ...current, ...change };
    for (const [name, value] of Object.entries(change)) keep(name, value);
    showPreferences();
    for (const listener of listeners) listener();
}

/** Write language and theme onto the root element, where the style sheets look for them. */
export function showPreferences(): void {
    document.documentElement.lang = current.language;
    if (current.theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = current.theme;
}

export function isDark(): boolean {
    return current.theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : current.theme === "dark";
}

function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
    return useSyncExternalStore(subscribe, preferences);
}
