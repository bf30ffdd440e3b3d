import type { UseQueryResult } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { Schemas } from "../../api/client";
import { money } from "../../money";
import { day, t } from "../../words";
import { FocusedTitle } from "../FocusedTitle";
import { Skeleton } from "../Skeleton";
import { Alert } from "../Trouble";

type Offer = Schemas["ShippingOffer"];
type Props = {
    offers: UseQueryResult<Offer[]>;
    isNew: boolean;
    chosen: string;
    choose: (code: string) => void;
    onDone: () => void;
    back: () => void;
};

export function DeliveryStep({ offers, isNew, chosen, choose, onDone, back }: Props) {
    if (offers.error && !offers.data)
        return (
            <section className="block last">
                <Alert error={offers.error} />
                <button type="button" className="btn line" onClick={back}>
                    {t("Change the address")}
                </button>
            </section>
        );
    if (!offers.data)
        return (
            <section className="block last">
                <FocusedTitle as="h2" isNew={isNew}>{t("How fast?")}</FocusedTitle>
                <Skeleton kind="text" />
            </section>
        );
    if (offers.data.length === 0)
        return (
            <section className="block last">
                <FocusedTitle as="h2" isNew={isNew}>
                    {t("We do not deliver to this PIN code yet.")}
                </FocusedTitle>
                <button type="button" className="btn line" onClick={back}>
                    {t("Change the address")}
                </button>
            </section>
        );
    const send = (event: FormEvent) => {
        event.preventDefault();
        onDone();
    };
    return (
        <form onSubmit={send}>
            <section className="block last">
                <FocusedTitle as="h2" isNew={isNew}>{t("How fast?")}</FocusedTitle>
                <fieldset>
                    <legend className="sr">{t("Delivery")}</legend>
                    <div className="choices">
                        {offers.data.map((offer) => (
                            <label className="choice" key={offer.code}>
                                <input
                                    type="radio"
                                    name="shipping_method"
                                    value={offer.code}
                                    checked={offer.code === chosen}
                                    onChange={() => choose(offer.code)}
                                />
                                <span>
                                    <strong>{offer.name}</strong>
                                    <span className="p">
                                        {t("By {day}.", { day: day(offer.latest_date) })}
                                        {!offer.cod && ` ${t("No cash on delivery.")}`}
                                    </span>
                                </span>
                                <span className={`end${Number(offer.price) ? "" : " ok"}`}>
                                    {Number(offer.price) ? money(offer.price, offer.currency) : t("Free")}
                                </span>
                            </label>
                        ))}
                    </div>
                </fieldset>
                <button className="btn wide">{t("Go on to payment")}</button>
            </section>
        </form>
    );
}
