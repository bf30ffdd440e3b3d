/** A window that was open while a newer release came asks for parts that are no longer there. */
import { keepHere, keptHere } from "./kept";

const RELOADED = "reloaded-at";
const ONCE_IN_MS = 60_000; // what is missing after that is missing in the new release too

/** Whether a part of the program did not come: each browser has its own words for it, all with this one. */
export const isPartMissing = (error: unknown) => error instanceof TypeError && error.message.includes("module");

/** Begin anew at the same address, once. Without a connection there is nothing to begin with. */
export function beginAnew(): void {
    const isTried = Date.now() - (keptHere<number>(RELOADED) ?? 0) < ONCE_IN_MS;
    if (!navigator.onLine || isTried) return;
    keepHere(RELOADED, Date.now());
    location.reload();
}
