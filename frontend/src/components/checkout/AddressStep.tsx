import { type FormEvent, type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useChangeAddress } from "../../api/account";
import { addressLines, type KeptAddress } from "../../address";
import { fieldErrors } from "../../api/problem";
import { t } from "../../words";
import { AddressForm } from "../AddressForm";
import { FocusedTitle } from "../FocusedTitle";
import { Icon } from "../Icon";
import { Alert } from "../Trouble";
import type { Destination, Typed } from "./draft";

type Props = {
    isGuest: boolean;
    isNew: boolean;
    addresses: KeptAddress[];
    typed: Typed;
    chosen?: number;
    onType: (typed: Typed) => void;
    refusal: unknown;
    onDone: (destination: Destination) => void;
};

export function AddressStep({ isGuest, isNew, addresses, typed, chosen, onType, refusal, onDone }: Props) {
    const title = (
        <FocusedTitle as="h2" isNew={isNew && !refusal}>
            {t("Where should it go?")}
        </FocusedTitle>
    );
    if (isGuest)
        return (
            <section className="block last">
                <p className="small">
                    {t("Bought here before?")} <Link to="/sign-in?next=/checkout">{t("Sign in")}</Link>, {t("or go on as a guest.")}
                </p>
                {title}
                <AddressForm
                    start={typed.address}
                    withEmail={typed.email}
                    onType={(address, email) => onType({ address, email })}
                    button={t("Go on to delivery")}
                    refusal={refusal}
                    isBusy={false}
                    note={t("Nothing has been charged.")}
                    onDone={(address, email) => onDone({ address, email })}
                />
            </section>
        );
    return <KeptAddresses title={title} refusal={refusal} addresses={addresses} before={chosen} onDone={onDone} />;
}

/** The default address is chosen already; another one is written down, kept and used in one step. */
function KeptAddresses({ title, addresses, before, refusal, onDone }: Pick<Props, "addresses" | "refusal" | "onDone"> & { title: ReactNode; before?: number }) {
    const change = useChangeAddress();
    const [chosen, setChosen] = useState(before ?? (addresses.find(({ is_default }) => is_default) ?? addresses[0])?.id);
    const form = (
        <AddressForm
            button={t("Keep it and send it there")}
            refusal={change.error}
            isBusy={change.isPending}
            note={t("Nothing has been charged.")}
            onDone={(address, _email, form) =>
                change.mutate(
                    { kind: "save", address, isDefault: form.has("is_default") },
                    { onSuccess: (kept) => onDone({ kept }) },
                )
            }
        >
            <label className="check">
                <input type="checkbox" name="is_default" defaultChecked={addresses.length === 0} />
                <span>{t("Deliver here unless I say otherwise")}</span>
            </label>
        </AddressForm>
    );
    function send(event: FormEvent) {
        event.preventDefault();
        const kept = addresses.find(({ id }) => id === chosen);
        if (kept) onDone({ kept });
    }
    if (addresses.length === 0)
        return (
            <section className="block last">
                {title}
                {form}
            </section>
        );
    return (
        <>
            <form onSubmit={send}>
                <section className="block">
                    {title}
                    <Alert error={refusal}>
                        <p className="small">{Object.values(fieldErrors(refusal)).join(" ")}</p>
                        <Link className="link small" to="/account/addresses">
                            {t("Change the address")}
                        </Link>
                    </Alert>
                    <fieldset>
                        <legend className="sr">{t("Your addresses")}</legend>
                        <div className="choices">
                            {addresses.map((address) => (
                                <label className="choice" key={address.id}>
                                    <input
                                        type="radio"
                                        name="address_id"
                                        value={address.id}
                                        checked={address.id === chosen}
                                        onChange={() => setChosen(address.id)}
                                    />
                                    <span>
                                        <strong>{address.name}</strong>
                                        <span className="p">{addressLines(address).slice(1).join(", ")}</span>
                                    </span>
                                </label>
                            ))}
                        </div>
                    </fieldset>
                    <button className="btn wide">{t("Send it there")}</button>
                </section>
            </form>
            <details className="acc other-address">
                <summary>
                    {t("Another address")}
                    <Icon name="chevron-down" small className="chev" />
                </summary>
                <div className="block last">{form}</div>
            </details>
        </>
    );
}
