import { type FormEvent, type ReactNode, useState } from "react";
import { fieldErrors } from "../api/problem";
import { type Address, EMPTY, type Mistakes, mistakesIn, STATES, tidy } from "../address";
import { t } from "../words";
import { MistakeList, SelectField, TextField } from "./Field";
import { Alert } from "./Trouble";

type Props = {
    start?: Address;
    withEmail?: string;
    button: string;
    refusal: unknown;
    isBusy: boolean;
    note?: string;
    children?: ReactNode;
    onType?: (address: Address, email: string) => void;
    onDone: (address: Address, email: string, form: FormData) => void;
};

/** Checked here first, then by the server: both speak below the field and in one list above. */
export function AddressForm({ start = EMPTY, withEmail, button, refusal, isBusy, note, children, onType, onDone }: Props) {
    const [address, setAddress] = useState(start);
    const [email, setEmail] = useState(withEmail ?? "");
    const [own, setOwn] = useState<Mistakes>({});
    const theirs = fieldErrors(refusal);
    const mistakes: Record<string, string | undefined> = Object.keys(own).length > 0 ? own : refusal ? theirs : {};

    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const found = mistakesIn(address, withEmail === undefined ? undefined : email);
        setOwn(found);
        if (Object.keys(found).length === 0) onDone(tidy(address), email.trim(), new FormData(event.currentTarget));
    }

    function type(written: Address, to: string) {
        setAddress(written);
        setEmail(to);
        onType?.(written, to);
    }

    const field = (name: keyof Address) => ({
        name,
        value: address[name],
        error: mistakes[name],
        onChange: (event: { target: { value: string } }) => type({ ...address, [name]: event.target.value }, email),
    });
    return (
        <form className="stack" onSubmit={send} noValidate>
            <MistakeList mistakes={mistakes} note={note} />
            {refusal && Object.keys(mistakes).length === 0 ? <Alert error={refusal} /> : null}
            <div className="pair">
                {withEmail !== undefined && (
                    <TextField
                        label={t("E-mail")}
                        name="email"
                        type="email"
                        autoComplete="email"
                        value={email}
                        error={mistakes.email}
                        onChange={(event) => type(address, event.target.value)}
                    />
                )}
                <TextField label={t("Mobile number")} type="tel" inputMode="tel" autoComplete="tel" {...field("phone")} />
            </div>
            <TextField label={t("Name")} autoComplete="name" {...field("name")} />
            <div className="pair pin-row">
                <TextField label={t("PIN code")} inputMode="numeric" autoComplete="postal-code" maxLength={7} {...field("pincode")} />
                <TextField label={t("Town")} autoComplete="address-level2" {...field("city")} />
                <SelectField label={t("State")} autoComplete="address-level1" {...field("state")}>
                    <option value="">{t("Choose")}</option>
                    {STATES.map(([code, name]) => (
                        <option key={code} value={code}>
                            {name}
                        </option>
                    ))}
                </SelectField>
            </div>
            <TextField label={t("House and street")} autoComplete="street-address" {...field("street")} />
            <TextField label={t("Landmark")} optional {...field("landmark")} />
            <TextField label={t("GSTIN")} optional {...field("gstin")} help={t("Only for an invoice to a business.")} />
            {children}
            <button className="btn wide" disabled={isBusy}>
                {button}
            </button>
        </form>
    );
}
