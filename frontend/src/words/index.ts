/** Words are written in English where they are used; another language brings a list of its own, loaded when chosen. */
import { preferences } from "../preferences";

type List = Record<string, string>;
const lists: Record<string, List> = {};

export async function loadWords(language: string): Promise<void> {
    if (language === "hi" && !lists.hi) lists.hi = (await import("./hi")).hi;
}

/** `{name}` in the text is replaced by the value of that name. */
export function t(text: string, values: Record<string, string | number> = {}): string {
    const found = lists[preferences().language]?.[text] ?? text;
    return found.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function tn(one: string, many: string, number: number, values: Record<string, string | number> = {}): string {
    return t(number === 1 ? one : many, { number, ...values });
}

/** `24 October 2026` */
export function day(iso: string): string {
    const language = preferences().language === "hi" ? "hi-IN" : "en-IN";
    return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" }).format(new Date(iso));
}

/** `14:32` */
export function time(at: Date): string {
    return new Intl.DateTimeFormat("en-IN", { hour: "2-digit", minute: "2-digit", hour12: false }).format(at);
}
