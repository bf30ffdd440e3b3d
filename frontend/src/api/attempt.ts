/**
 * The order that is being placed in this window: its key and its very words, from the press until its page is there. An
 * answer may be lost while the order stands, so the same is sent again under the same key until an answer comes.
 */
import { forgetHere, keepHere, keptHere } from "../kept";
import type { Order, Placing } from "./orders";
import { Problem } from "./problem";

export type Attempt = {
    key: string;
    order: Placing;
    acceptPrices: boolean;
    buyer: number;
    at: number;
    isLost?: boolean;
    made?: number;
};

export const CHECKOUT = "checkout"; // what was written on the way
const ATTEMPT = "order-attempt";
const ASKED_BY_ITSELF_MS = 30 * 60_000;

/** That of this buyer (0: a guest): an order belongs to whoever pressed, even if somebody else signs in. */
export function openAttempt(buyer: number): Attempt | null {
    const attempt = keptHere<Attempt>(ATTEMPT);
    return attempt?.buyer === buyer ? attempt : null;
}

/** The same order pressed again is the same attempt, whatever became of the first press; a changed one is another. */
export function beginAttempt(order: Placing, acceptPrices: boolean, buyer: number): Attempt {
    const open = openAttempt(buyer);
    const isSame = JSON.stringify([open?.order, open?.acceptPrices]) === JSON.stringify([order, acceptPrices]);
    const attempt = open && isSame ? open : { key: crypto.randomUUID(), order, acceptPrices, buyer, at: Date.now() };
    keepHere(ATTEMPT, attempt);
    return attempt;
}

export const keepAttempt = (attempt: Attempt) => keepHere(ATTEMPT, attempt);
export const closeAttempt = () => forgetHere(ATTEMPT);

/** Its page is there: nothing is under way any more. */
export function arrived(order: Order): void {
    if (keptHere<Attempt>(ATTEMPT)?.made !== order.id) return;
    closeAttempt();
    forgetHere(CHECKOUT);
}

/** Later than this nobody expects that a window which is opened again orders something. */
export const isFresh = (attempt: Attempt) => Date.now() - attempt.at < ASKED_BY_ITSELF_MS;

/**
 * What an answer other than an order says of it. "lost": nothing, it may stand (no answer, one from a proxy in between, or
 * the first press is still at work). "refused": it does not stand. "broken": it may, and asking again brings nothing new.
 */
export function meaningOf({ status, code }: Problem, wasLost: boolean): "lost" | "refused" | "broken" {
    if ([0, 502, 504].includes(status) || code === "idempotency_in_progress") return "lost";
    if (status === 503 && code === "unknown") return "lost";
    if (wasLost && (status === 429 || status >= 500)) return "lost";
    return status >= 500 || (wasLost && status === 401) ? "broken" : "refused";
}
