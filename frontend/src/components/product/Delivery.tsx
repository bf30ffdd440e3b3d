import { type FormEvent, useState } from "react";
import { useShipping } from "../../api/orders";
import { isPin } from "../../address";
import { keepHere, keptHere } from "../../kept";
import { day, t } from "../../words";
import { Icon } from "../Icon";
import { Alert } from "../Trouble";

const PINCODE = "pincode"; // asked once: other pieces of this visit answer by themselves

/** When it reaches whom. What it costs depends on the whole cart, so that is said there. */
export function Delivery() {
    const [typed, setTyped] = useState(() => keptHere<string>(PINCODE) ?? "");
    const [asked, setAsked] = useState(typed);
    const [isWrong, setWrong] = useState(false);
    const offers = useShipping(asked);
    function ask(event: FormEvent) {
        event.preventDefault();
        const pincode = typed.replace(/\s/g, "");
        setWrong(!isPin(pincode));
        setAsked(isPin(pincode) ? pincode : "");
        if (isPin(pincode)) keepHere(PINCODE, pincode);
    }
    return (
        <form className="pin panel" onSubmit={ask} noValidate>
            <label htmlFor="pincode">
                <b>{t("When does it reach you?")}</b> <span className="sr">{t("PIN code")}</span>
            </label>
            <div className="go">
                <input
                    className="input"
                    id="pincode"
                    name="pincode"
                    inputMode="numeric"
                    maxLength={7}
                    autoComplete="postal-code"
                    dir="ltr"
                    placeholder={t("PIN code")}
                    value={typed}
                    aria-invalid={isWrong || undefined}
                    aria-describedby="pincode-answer"
                    onChange={(event) => setTyped(event.target.value)}
                />
                <button className="btn line">{t("Check")}</button>
            </div>
            <div id="pincode-answer" role="status">
                {isWrong && (
                    <p className="error-text">
                        <Icon name="circle-alert" small />
                        {t("A PIN code has six digits and does not begin with 0.")}
                    </p>
                )}
                {offers.data?.map((offer) => (
                    <p key={offer.code} className="small with-icon">
                        <Icon name="truck" small />
                        <span>
                            <b>{t("By {day}.", { day: day(offer.latest_date) })}</b> {offer.name}. {!offer.cod && t("No cash on delivery.")}
                        </span>
                    </p>
                ))}
                {offers.data?.length === 0 && <p className="small">{t("We do not deliver to this PIN code yet.")}</p>}
            </div>
            {offers.error && !offers.data ? <Alert error={offers.error} /> : null}
        </form>
    );
}
