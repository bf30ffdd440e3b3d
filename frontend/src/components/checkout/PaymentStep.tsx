import type { FormEvent } from "react";
import { Link } from "react-router";
import type { Schemas } from "../../api/client";
import { useStoreCredit } from "../../api/credit";
import type { Placing } from "../../api/orders";
import { asProblem } from "../../api/problem";
import { afterCredit, fromMinor, money, toMinor } from "../../money";
import { shopFacts, waysToPay } from "../../preferences";
import { t } from "../../words";
import { FocusedTitle } from "../FocusedTitle";
import { Icon } from "../Icon";
import { Alert } from "../Trouble";
import { type Draft, type Notes, type Step, stepOf } from "./draft";

type Method = Placing["payment_method"];
type Props = {
    isNew: boolean;
    total: string;
    currency: string;
    offer: Schemas["ShippingOffer"];
    error: unknown;
    isBusy: boolean;
    draft: Draft;
    write: (change: Partial<Draft>) => void;
    place: (method: Method, acceptPrices: boolean) => void;
    goTo: (step: Step) => void;
};

function ways(offer: Props["offer"], currency: string): { code: Method; title: string; text: string; icon: string; refusal: string }[] {
    const cash = offer.cod ? offer.cod_refusal : t("Not with this delivery.");
    return [
        { code: "razorpay" as const, title: t("UPI, card or net banking"), text: t("Through Razorpay."), icon: "smartphone", refusal: "" },
        { code: "stripe" as const, title: t("Card"), text: t("On the page of Stripe."), icon: "credit-card", refusal: "" },
        { code: "cod" as const, title: t("Cash on delivery"), text: t("You pay the rider."), icon: "banknote", refusal: cash },
    ].filter(({ code }) => waysToPay(currency).includes(code));
}

export function PaymentStep({ isNew, total, currency, offer, error, isBusy, draft, write, place, goTo }: Props) {
    const offered = ways(offer, currency);
    const open = offered.filter(({ refusal }) => !refusal);
    const chosen = (open.find(({ code }) => code === draft.method) ?? open[0])?.code;
    const { notes } = draft;
    const setNotes = (change: Partial<Notes>) => write({ notes: { ...notes, ...change } });
    const problem = asProblem(error);
    const isPriceChanged = Boolean(error) && problem.code === "price_changed";
    const withFee = fromMinor(toMinor(total, currency) + toMinor(offer.cod_fee, currency), currency);
    const credit = useStoreCredit().data;
    const rest = afterCredit(chosen === "cod" ? withFee : total, notes.use_store_credit ? credit?.balance : "0", currency);
    const due = money(rest, currency);
    const isCovered = notes.use_store_credit && Number(rest) === 0;
    const send = (event: FormEvent) => {
        event.preventDefault();
        if (chosen) place(chosen, isPriceChanged);
    };
    return (
        <form onSubmit={send} aria-busy={isBusy}>
            <section className="block last">
                <FocusedTitle as="h2" isNew={isNew}>{t("How would you like to pay?")}</FocusedTitle>
                <Alert error={error}>
                    <Changes problem={problem} currency={currency} />
                    <Reasons problem={problem} goTo={goTo} />
                    <p className="small">{t("Nothing has been charged.")}</p>
                </Alert>
                {shopFacts().demo && <p className="note small">{t("Demo: no money moves, whichever you choose.")}</p>}
                <fieldset>
                    <legend className="sr">{t("Payment")}</legend>
                    <div className="choices">
                        {offered.map(({ code, title, text, icon, refusal }) => (
                            <label className={`choice${refusal ? " off" : ""}`} key={code}>
                                <input
                                    type="radio"
                                    name="payment_method"
                                    value={code}
                                    checked={code === chosen}
                                    disabled={Boolean(refusal)}
                                    onChange={() => write({ method: code })}
                                />
                                <span>
                                    <strong>{title}</strong>
                                    <span className="p">{refusal || text}</span>
                                </span>
                                <span className="end">
                                    {code === "cod" && Number(offer.cod_fee) > 0 ? (
                                        `+ ${money(offer.cod_fee, offer.currency)}`
                                    ) : (
                                        <Icon name={icon} />
                                    )}
                                </span>
                            </label>
                        ))}
                        {offered.length === 0 && (
                            <p className="note">
                                {t("Nothing can be paid in this currency. Choose another one at the foot of the cart.")}{" "}
                                <Link to="/cart">{t("See the cart")}</Link>
                            </p>
                        )}
                    </div>
                </fieldset>
                {credit && Number(credit.balance) > 0 && (
                    <label className="check credit-choice">
                        <input
                            type="checkbox"
                            checked={notes.use_store_credit ?? false}
                            onChange={(event) => setNotes({ use_store_credit: event.target.checked })}
                        />
                        <span>{t("Use my store credit first: {balance}", { balance: money(credit.balance, credit.currency) })}</span>
                    </label>
                )}
                <Note
                    label={t("A word to the workshop")}
                    name="note"
                    most={500}
                    value={notes.note}
                    write={(note) => setNotes({ note })}
                />
                <Note
                    label={t("A note to go with a gift")}
                    help={t("We print it on the slip in the parcel.")}
                    name="gift_note"
                    most={300}
                    value={notes.gift_note}
                    write={(gift_note) => setNotes({ gift_note })}
                />
                <button className="btn wide" disabled={isBusy || !chosen}>
                    {isCovered
                        ? t("Order now, paid with store credit")
                        : chosen === "cod"
                        ? t("Order now, pay {total} on delivery", { total: due })
                        : t("Pay {total} with {means}", { total: due, means: offered.find(({ code }) => code === chosen)?.title ?? "" })}
                </button>
                <p className="tiny muted">
                    {chosen === "cod"
                        ? t("Nothing is charged now. You pay the rider.")
                        : t("You will not be charged twice. If the payment does not go through, your order waits and we hold the pieces for 30 minutes.")}
                </p>
            </section>
        </form>
    );
}

type NoteProps = { label: string; help?: string; name: string; most: number; value: string; write: (text: string) => void };

function Note({ label, help, name, most, value, write }: NoteProps) {
    return (
        <div className="field">
            <label htmlFor={`f-${name}`}>
                {label} <span className="opt-word">{t("(optional)")}</span>
            </label>
            <textarea
                id={`f-${name}`}
                name={name}
                rows={2}
                maxLength={most}
                value={value}
                aria-describedby={help ? `f-${name}-help` : undefined}
                onChange={(event) => write(event.target.value)}
            />
            {help && (
                <p className="help" id={`f-${name}-help`}>
                    {help}
                </p>
            )}
        </div>
    );
}

type ReasonsProps = { problem: ReturnType<typeof asProblem>; goTo: (step: Step) => void };

/** What the shop could not use, each with the way to where it can be changed. */
function Reasons({ problem, goTo }: ReasonsProps) {
    const reasons = Object.entries(problem.errors);
    if (reasons.length === 0) return null;
    const words = { address: t("Change the address"), delivery: t("Change the delivery"), payment: "" };
    return (
        <ul className="small">
            {reasons.map(([name, messages]) => (
                <li key={name}>
                    {messages.join(" ")}{" "}
                    {stepOf(name) !== "payment" && (
                        <button type="button" className="link-button" onClick={() => goTo(stepOf(name))}>
                            {words[stepOf(name)]}
                        </button>
                    )}
                </li>
            ))}
        </ul>
    );
}

type Shortage = { sku: string; requested: number; available: number };
type PriceChange = { sku: string; shown: string; now: string };

function Changes({ problem, currency }: { problem: ReturnType<typeof asProblem>; currency: string }) {
    const shortages = (problem.members.shortages ?? []) as Shortage[];
    const changes = (problem.members.changes ?? []) as PriceChange[];
    if (shortages.length + changes.length === 0) return null;
    return (
        <ul className="small">
            {shortages.map(({ sku, requested, available }) => (
                <li key={sku}>
                    <bdi>{sku}</bdi>: {t("you wanted {requested}, there are {available}.", { requested, available })}
                </li>
            ))}
            {changes.map(({ sku, shown, now }) => (
                <li key={sku}>
                    <bdi>{sku}</bdi>: {t("{shown} before, {now} now. Press again to take it.", { shown: money(shown, currency), now: money(now, currency) })}
                </li>
            ))}
        </ul>
    );
}
