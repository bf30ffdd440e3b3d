import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { type Attempt, beginAttempt, closeAttempt, isFresh, keepAttempt, meaningOf, openAttempt } from "./attempt";
import { type Order, type Placing, placeOrder, useAfterPlacing } from "./orders";
import { pay } from "./payments";
import { asProblem } from "./problem";
import { useUser } from "./session";

type Phase = "choosing" | "lost" | "made";
const WAITS_MS = [0, 2000, 4000, 8000, 15_000, 30_000, 30_000, 60_000];

/** Places the order and goes to its page. While its answer is lost it asks again, after a reload too. */
export function usePlacing() {
    const buyer = useUser()?.id ?? 0;
    const goTo = useNavigate();
    const after = useAfterPlacing();
    const [error, setError] = useState<unknown>(null);
    const [isBusy, setBusy] = useState(false);
    const [phase, setPhase] = useState<Phase>(() => (openAttempt(buyer) ? "lost" : "choosing"));
    const isSending = useRef(false);

    async function send(attempt: Attempt, finish: (made: Order) => Promise<string>) {
        if (isSending.current) return;
        isSending.current = true;
        setBusy(true);
        setError(null);
        try {
            const made = await placeOrder(attempt.order, attempt.key, attempt.acceptPrices);
            keepAttempt({ ...attempt, made: made.id });
            arrive(made.id, await finish(made));
        } catch (thrown) {
            fail(attempt, thrown);
        } finally {
            isSending.current = false;
            setBusy(false);
        }
    }

    function arrive(id: number, outcome: string) {
        setPhase("made");
        void after();
        goTo(`/order/${id}`, { replace: true, state: { justPlaced: true, outcome } });
    }

    function fail(attempt: Attempt, thrown: unknown) {
        const problem = asProblem(thrown);
        const meaning = meaningOf(problem, Boolean(attempt.isLost));
        if (meaning === "lost") keepAttempt({ ...attempt, isLost: true });
        if (meaning === "refused") closeAttempt();
        if (meaning === "refused") void after(); // the cart may not be what it was: ordered in another window, sold out, dearer
        setPhase(meaning === "lost" ? "lost" : "choosing");
        setError(meaning === "lost" ? null : problem);
    }

    /** Once more, the same under the same key. Its page offers to pay. */
    function ask() {
        const attempt = openAttempt(buyer);
        if (!attempt) setPhase("choosing");
        else if (attempt.made) arrive(attempt.made, "");
        else void send(attempt, async () => "");
    }

    useAskingAgain(phase === "lost" && !isBusy, ask, openAttempt(buyer));
    const place = (order: Placing, acceptPrices: boolean) => send(beginAttempt(order, acceptPrices, buyer), payNow);
    return { place, ask, error, isBusy, phase, isOpen: openAttempt(buyer) !== null, forget: () => setError(null) };
}

/** From here the order stands, whatever happens to the money: its page says so and offers to pay again. */
const payNow = (made: Order) => pay(made).then(({ kind }) => kind as string, () => "problem");

/** At once after a reload and when the connection is back, else after longer and longer waits. */
function useAskingAgain(isWaiting: boolean, ask: () => void, attempt: Attempt | null) {
    const tries = useRef(attempt ? 0 : 1); // what is open from the start has waited long enough
    const isMeant = isWaiting && (attempt === null || isFresh(attempt));
    useEffect(() => {
        if (!isMeant) return;
        const timer = setTimeout(ask, WAITS_MS[Math.min(tries.current++, WAITS_MS.length - 1)]);
        window.addEventListener("online", ask);
        return () => {
            clearTimeout(timer);
            window.removeEventListener("online", ask);
        };
    }, [isMeant]);
}
