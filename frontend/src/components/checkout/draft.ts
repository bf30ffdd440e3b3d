/** What was written and chosen on the way to an order. It outlives Back and a reload, and ends with the order. */
import { useState } from "react";
import { useSearchParams } from "react-router";
import { CHECKOUT } from "../../api/attempt";
import type { Placing } from "../../api/orders";
import { type Address, EMPTY, type KeptAddress } from "../../address";
import { keepHere, keptHere } from "../../kept";

export type Step = "address" | "delivery" | "payment";
export type Typed = { address: Address; email: string };
export type Destination = { kept: KeptAddress } | Typed;
export type Notes = { note: string; gift_note: string; use_store_credit?: boolean };
export type Draft = {
    typed: Typed; // as it stands in the form
    sendTo: { id: number } | Typed | null; // as it was taken; a kept address by its id alone
    rate: string;
    method?: Placing["payment_method"];
    notes: Notes;
};

const NOTHING: Draft = { typed: { address: EMPTY, email: "" }, sendTo: null, rate: "", notes: { note: "", gift_note: "" } };

export function useDraft(): [Draft, (change: Partial<Draft>) => void] {
    const [draft, setDraft] = useState<Draft>(() => ({ ...NOTHING, ...keptHere<Draft>(CHECKOUT) }));
    const write = (change: Partial<Draft>) =>
        setDraft((before) => {
            const after = { ...before, ...change };
            keepHere(CHECKOUT, after);
            return after;
        });
    return [draft, write];
}

/** Where it goes: null until it was said, or when the kept address is gone or somebody else's. */
export function destinationOf({ sendTo }: Draft, addresses: KeptAddress[], isGuest: boolean): Destination | null {
    if (!sendTo) return null;
    if (!("id" in sendTo)) return isGuest ? sendTo : null;
    const kept = addresses.find(({ id }) => id === sendTo.id);
    return kept ? { kept } : null;
}

/** Where a field of the order is asked for. */
export function stepOf(field: string): Step {
    if (field === "email" || field.startsWith("address")) return "address";
    return field === "shipping_method" ? "delivery" : "payment";
}

/** The step stands in the address, so that Back leads to the one before. */
export function useStep(): [Step, (step: Step) => void] {
    const [params, setParams] = useSearchParams();
    const named = params.get("step");
    const go = (step: Step) => setParams(step === "address" ? {} : { step });
    return [named === "delivery" || named === "payment" ? named : "address", go];
}
