import { type FormEvent, useState } from "react";
import toast from "react-hot-toast/headless";
import type { Schemas } from "../../api/client";
import { knowsPasskeys, NoPasskey } from "../../api/passkeys";
import { useAddPasskey, useDropPasskey } from "../../api/security";
import { day, t } from "../../words";
import { TextField } from "../Field";
import { FormActs } from "../FormActs";
import { Alert } from "../Trouble";
import { type Act, refusalOf } from "./fresh";

type Props = { act: Act; passkeys: Schemas["Passkey"][]; made: (codes: string[]) => void };

export function Passkeys({ act, passkeys, made }: Props) {
    const drop = useDropPasskey();
    return (
        <section className="block" aria-labelledby="passkeys-title">
            <h2 id="passkeys-title">{t("Passkeys")}</h2>
            <p className="tw:max-w-[62ch]">
                {t("Sign in with your finger, your face or the PIN of your device, without a password. Nobody can trick a passkey out of you.")}
            </p>
            <Alert error={refusalOf(drop.error)} />
            {passkeys.length > 0 && (
                <ul className="told">
                    {passkeys.map((passkey) => (
                        <li key={passkey.id}>
                            <b>{passkey.name || t("Passkey")}</b>
                            <p className="small muted">{lifeOf(passkey)}</p>
                            <button type="button" className="link plain small" disabled={drop.isPending} onClick={() => act(() => drop.mutateAsync(passkey.id))}>
                                {t("Take it away")}
                                <span className="sr">: {passkey.name}</span>
                            </button>
                        </li>
                    ))}
                </ul>
            )}
            <Add act={act} made={made} />
        </section>
    );
}

function lifeOf({ created_at, last_used_at }: Schemas["Passkey"]): string {
    const since = t("Since {day}", { day: day(created_at) });
    return last_used_at ? `${since}, ${t("last used {day}", { day: day(last_used_at) })}` : since;
}

function Add({ act, made }: Pick<Props, "act" | "made">) {
    const [isOpen, setOpen] = useState(false);
    const add = useAddPasskey();
    if (!knowsPasskeys())
        return <p className="note small">{t("This browser knows no passkeys. Use a newer one, or an authenticator app.")}</p>;
    if (!isOpen)
        return (
            <p>
                <button type="button" className="btn line" onClick={() => setOpen(true)}>
                    {t("Add a passkey")}
                </button>
            </p>
        );
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get("passkey_name")).trim();
        void act(async () => {
            const { recovery_codes } = await add.mutateAsync(name);
            toast(t("The passkey is kept. It signs you in without a password."));
            setOpen(false);
            made(recovery_codes);
        });
    }
    return (
        <form className="stack narrow formbox" onSubmit={send}>
            {add.error instanceof NoPasskey ? (
                <p className="note small" role="alert">
                    {t("No passkey was made. Try again, or on another device.")}
                </p>
            ) : (
                <Alert error={refusalOf(add.error)} />
            )}
            <TextField
                label={t("A name for it")}
                name="passkey_name"
                help={t("Such as the device it lies on. Your device asks for your finger, your face or its PIN; none of it leaves the device.")}
                maxLength={60}
                autoFocus
                optional
            />
            <FormActs words={t("Make the passkey")} isPending={add.isPending} leave={() => setOpen(false)} />
        </form>
    );
}
