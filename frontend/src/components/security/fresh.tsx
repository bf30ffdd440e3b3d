import { type FormEvent, useState } from "react";
import { useSignOut } from "../../api/account";
import { asProblem, fieldErrors } from "../../api/problem";
import { useConfirmMe } from "../../api/security";
import { t } from "../../words";
import { TextField } from "../Field";
import { FocusedTitle } from "../FocusedTitle";
import { FormActs } from "../FormActs";
import { Alert } from "../Trouble";

export type Act = (change: () => Promise<unknown>) => Promise<void>;

/** What only the owner may do. `act` runs it; where the server wants a proof first, `proof` asks, and it is run again. */
export function useFresh() {
    const [waiting, setWaiting] = useState<(() => Promise<unknown>) | null>(null);
    async function act(change: () => Promise<unknown>): Promise<void> {
        try {
            await change();
        } catch (error) {
            // The other refusals are told where the change was asked for.
            if (asProblem(error).code === "confirmation_needed") setWaiting(() => change);
        }
    }
    function goOn() {
        setWaiting(null);
        if (waiting) void act(waiting);
    }
    const proof = waiting && <IsItYou done={goOn} leave={() => setWaiting(null)} />;
    return { act, proof };
}

/** A refusal, unless it is the one that `useFresh` answers itself. */
export function refusalOf(...errors: unknown[]): unknown {
    return errors.find((error) => error && asProblem(error).code !== "confirmation_needed") ?? null;
}

function IsItYou({ done, leave }: { done: () => void; leave: () => void }) {
    const confirm = useConfirmMe();
    const signOut = useSignOut();
    const { password: mistake } = confirm.error ? fieldErrors(confirm.error) : { password: "" };
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        confirm.mutate(String(new FormData(event.currentTarget).get("confirm_password")), { onSuccess: done });
    }
    return (
        <section aria-labelledby="is-it-you">
            <FocusedTitle id="is-it-you">{t("Is it you?")}</FocusedTitle>
            <p className="muted">{t("You signed in a while ago. Type your password to change how you sign in.")}</p>
            {confirm.error && !mistake ? <Alert error={confirm.error} /> : null}
            <form className="stack narrow formbox" onSubmit={send}>
                <TextField
                    label={t("Password now")}
                    name="confirm_password"
                    type="password"
                    autoComplete="current-password"
                    error={mistake}
                />
                <FormActs words={t("Go on")} isPending={confirm.isPending} leave={leave} />
            </form>
            <p className="small muted">
                {t("No password? Sign out and in again with what you have; that counts too.")}{" "}
                <button type="button" className="link-button" onClick={() => signOut.mutate()}>
                    {t("Sign out")}
                </button>
            </p>
        </section>
    );
}
