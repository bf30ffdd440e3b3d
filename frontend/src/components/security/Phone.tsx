import { type FormEvent, useState } from "react";
import toast from "react-hot-toast/headless";
import { asProblem, fieldErrors } from "../../api/problem";
import { useAskPhoneCode, useConfirmPhone, useOwnProfile } from "../../api/security";
import { t } from "../../words";
import { TextField } from "../Field";
import { FormActs } from "../FormActs";
import { Icon } from "../Icon";
import { Alert } from "../Trouble";
import { type Act, refusalOf } from "./fresh";
import { CodeForm } from "./Seed";

/** The number that a code is sent to, to sign in with. */
export function Phone({ act }: { act: Act }) {
    const { data: me } = useOwnProfile();
    const ask = useAskPhoneCode();
    const [isOpen, setOpen] = useState(false);
    if (!me) return null;
    function leave() {
        ask.reset();
        setOpen(false);
    }
    return (
        <section className="block" aria-labelledby="phone-title">
            <h2 id="phone-title">{t("Code on your telephone")}</h2>
            {me.phone_is_confirmed ? (
                <p className="ok with-icon">
                    <Icon name="check" small />
                    {t("A code sent to {phone} signs you in.", { phone: me.phone })}
                </p>
            ) : (
                <p>{t("Confirm your mobile number, and you can sign in with a code that we send there.")}</p>
            )}
            {ask.data ? (
                <Confirm challenge={ask.data.challenge} phone={ask.variables!} leave={leave} />
            ) : isOpen ? (
                <Ask act={act} ask={ask} phone={me.phone} leave={leave} />
            ) : (
                <p>
                    <button type="button" className="btn line" onClick={() => setOpen(true)}>
                        {me.phone_is_confirmed ? t("Take another number") : t("Confirm the number")}
                    </button>
                </p>
            )}
        </section>
    );
}

type AskProps = { act: Act; ask: ReturnType<typeof useAskPhoneCode>; phone: string; leave: () => void };

function Ask({ act, ask, phone, leave }: AskProps) {
    const { phone: mistake } = ask.error ? fieldErrors(ask.error) : { phone: "" };
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get("phone")).trim();
        void act(() => ask.mutateAsync(typed));
    }
    return (
        <form className="stack narrow formbox" onSubmit={send}>
            {!mistake && <Alert error={refusalOf(ask.error)} />}
            <TextField label={t("Mobile number")} name="phone" type="tel" autoComplete="tel" defaultValue={phone} error={mistake} autoFocus />
            <FormActs words={t("Send the code")} isPending={ask.isPending} leave={leave} />
        </form>
    );
}

function Confirm({ challenge, phone, leave }: { challenge: string; phone: string; leave: () => void }) {
    const confirm = useConfirmPhone();
    function send(code: string) {
        const kept = () => {
            toast(t("The number is confirmed. A code sent there signs you in."));
            leave();
        };
        confirm.mutate({ challenge, code }, { onSuccess: kept });
    }
    const isOver = confirm.error && asProblem(confirm.error).code === "challenge_over";
    return (
        <>
            <p role="status">{t("A message with six digits is on its way to {phone}.", { phone })}</p>
            <CodeForm
                label={t("Code of the message")}
                error={confirm.error}
                isPending={confirm.isPending}
                send={send}
                button={t("Confirm the number")}
                leave={leave}
                leaveWords={isOver ? t("Ask for a new code") : undefined}
            />
        </>
    );
}
