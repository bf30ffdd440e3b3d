/** Whether there is a connection, and whether the shop answers: a line may be there while the shop is not. */
import { useSyncExternalStore } from "react";

const SILENT_AFTER = 2; // one call may be lost on the way
let unanswered = 0;
const listeners = new Set<() => void>();

/** A call was answered, whatever it said; or nothing came back. */
export function heard(isAnswer: boolean): void {
    const before = isSilent();
    unanswered = isAnswer ? 0 : unanswered + 1;
    if (before !== isSilent()) for (const listener of listeners) listener();
}

const isSilent = () => unanswered >= SILENT_AFTER;

export function useSilence(): boolean {
    return useSyncExternalStore((listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
    }, isSilent);
}

function subscribe(listener: () => void): () => void {
    window.addEventListener("online", listener);
    window.addEventListener("offline", listener);
    return () => {
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
    };
}

export function useOnline(): boolean {
    return useSyncExternalStore(subscribe, () => navigator.onLine);
}
