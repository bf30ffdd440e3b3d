import { type FormEvent, useEffect, useRef, useState } from "react";
import { fieldErrors } from "../api/problem";
import { useUser } from "../api/session";
import { useTellMe } from "../api/stockAlert";
import { isEmail } from "../address";
import { t } from "../words";
import { TextField } from "./Field";
import { Icon } from "./Icon";
import { Alert } from "./Trouble";

type Props = { product: number; variant: number; isSoldOut: boolean };

/** For a sold-out variant: one letter when it is back. The signed-in are written to at their own address. */
export function TellMe({ product, variant, isSoldOut }: Props) {
    const user = useUser();
    const tell = useTellMe(product, variant);
    const [typed, setTyped] = useState("");
    const [mistake, setMistake] = useState("");
    const said = fieldErrors(tell.error).email ?? "";
    const form = useRef<HTMLFormElement>(null);
    useEffect(() => {
        if (mistake || said) form.current?.querySelector("input")?.focus();
    }, [mistake, said]);
    if (!isSoldOut) return <Alert error={tell.error} />; // asked for, and it was back already
    if (tell.data) return <WillTell email={tell.data.email} />;
    function send(event: FormEvent) {
        event.preventDefault();
        if (tell.isPending) return;
        const email = typed.trim();
        const isWrong = !user && !isEmail(email);
        setMistake(isWrong ? t("Write the whole address, like name@example.com.") : "");
        if (!isWrong) tell.mutate(user ? "" : email);
    }
    return (
        <form className="tell-me" ref={form} onSubmit={send} noValidate>
            {tell.error && (user || !said) ? <Alert error={tell.error}>{said && <p className="small">{said}</p>}</Alert> : null}
            {!user && (
                <TextField
                    label={t("Tell me when it is back")}
                    name="tell-me"
                    type="email"
                    autoComplete="email"
                    inputMode="email"
                    maxLength={254}
                    value={typed}
                    error={mistake || said}
                    help={t("We write to this address once, then no more.")}
                    onChange={(event) => setTyped(event.target.value)}
                />
            )}
            <button className="btn line tw:justify-self-start" aria-disabled={tell.isPending}>
                {user ? t("Tell me when it is back") : t("Tell me")}
            </button>
            {user && <p className="small muted">{t("We write to {email} once, then no more.", { email: user.email ?? "" })}</p>}
        </form>
    );
}

/** Takes the place of the form, so the focus goes there. */
function WillTell({ email }: { email: string }) {
    const box = useRef<HTMLParagraphElement>(null);
    useEffect(() => box.current?.focus(), []);
    return (
        <p className="ok with-icon" role="status" tabIndex={-1} ref={box}>
            <Icon name="check" small />
            <span>{t("We write to {email} when it is back.", { email })}</span>
        </p>
    );
}
