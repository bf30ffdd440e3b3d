import { type RefObject, useRef, useState } from "react";
import { Link } from "react-router";
import { useAddresses } from "../api/account";
import { useCart } from "../api/cart";
import { useCount, visitor } from "../api/consent";
import type { Cart } from "../api/changeCart";
import { type Placing, useShipping } from "../api/orders";
import { usePlacing } from "../api/placing";
import type { KeptAddress } from "../address";
import { asProblem } from "../api/problem";
import { useUser } from "../api/session";
import { type Asked, Awaited, together } from "../components/Awaited";
import { cartLines, MiniLines, Sums, Warnings } from "../components/CartParts";
import { AddressStep } from "../components/checkout/AddressStep";
import { type Destination, destinationOf, type Step, stepOf, useDraft, useStep } from "../components/checkout/draft";
import { DeliveryStep } from "../components/checkout/DeliveryStep";
import { LostAnswer } from "../components/checkout/LostAnswer";
import { PaymentStep } from "../components/checkout/PaymentStep";
import { Page } from "../components/Page";
import { fromMinor, money, toMinor } from "../money";
import { t, tn } from "../words";
import { Icon } from "../components/Icon";

export default function Checkout() {
    const placing = usePlacing();
    const isAsking = placing.phase === "lost";
    return (
        <>
            {isAsking && <LostAnswer ask={placing.ask} isBusy={placing.isBusy} />}
            {/* Kept while we ask: a refusal leads back to what was chosen. */}
            <div hidden={isAsking}>{placing.phase === "made" ? <Waiting /> : <Choosing placing={placing} />}</div>
        </>
    );
}

type Placer = ReturnType<typeof usePlacing>;
const NOTHING_YET: Asked<never> = { data: undefined, error: null, refetch: () => undefined };
const NONE: Asked<KeptAddress[]> = { data: [], error: null, refetch: () => undefined };

const Waiting = () => (
    <Awaited of={NOTHING_YET} skeleton="two" meanwhile={t("Checkout")}>
        {() => null}
    </Awaited>
);

function Choosing({ placing }: { placing: Placer }) {
    const isSignedIn = useUser() !== null;
    const { cart, ...asked } = useCart();
    const addresses = useAddresses(isSignedIn);
    return (
        <Awaited of={together({ ...asked, data: cart }, isSignedIn ? addresses : NONE)} skeleton="two" meanwhile={t("Checkout")}>
            {/* While an order is under way the cart may be empty already. */}
            {([filled, kept]) =>
                filled.items.length > 0 || placing.isOpen ? <Steps cart={filled} kept={kept} placing={placing} /> : <Empty />
            }
        </Awaited>
    );
}

function Empty() {
    const isSignedIn = useUser() !== null;
    return (
        <Page title={t("Checkout")}>
            <div className="empty">
                <h1>{t("Your cart")}</h1>
                <p>{t("Nothing here yet. Mugs go first.")}</p>
                <Link className="btn" to="/">
                    {t("Look around")}
                </Link>
                <p className="small">
                    {t("Ordered in another window? It stands under your orders, and the way to it is in your mail.")}{" "}
                    <Link to={isSignedIn ? "/account/orders" : "/track"}>{isSignedIn ? t("Your orders") : t("Track an order")}</Link>
                </p>
            </div>
        </Page>
    );
}

function Steps({ cart, kept, placing }: { cart: Cart; kept: KeptAddress[]; placing: Placer }) {
    useCount("begin");
    const user = useUser();
    const [draft, write] = useDraft();
    const [named, setStep] = useStep();
    const [lately, setLately] = useState<KeptAddress[]>([]); // kept a moment ago, perhaps not in the list yet
    const destination = destinationOf(draft, [...lately, ...kept], !user);
    const offers = useShipping(pincodeOf(destination));
    const offer = offers.data?.find(({ code }) => code === draft.rate) ?? offers.data?.[0];
    // Nobody comes by an address to a step whose beginning is not made.
    const step = !destination ? "address" : named === "payment" && !offer ? "delivery" : named;
    const moved = useMoved(step);

    const sums = offer && step !== "address" ? withDelivery(cart, offer.price) : cart;
    const place = (method: Placing["payment_method"], acceptPrices: boolean) =>
        placing.place(
            { ...where(destination), ...counted(), shipping_method: offer?.code ?? "", payment_method: method, ...draft.notes },
            acceptPrices,
        );
    const isAboutAddress = Object.keys(asProblem(placing.error).errors).some((name) => stepOf(name) === "address");
    return (
        <>
            <Folded cart={cart} sums={sums} />
            <Page title={t("Checkout")}>
                <h1 className="checkout-title">{t("Checkout")}</h1>
                <div className="two">
                    <div className="formbox">
                        <StepList step={step} />
                        <Warnings cart={cart} />
                        {step === "address" && (
                            <AddressStep
                                isGuest={!user}
                                isNew={moved.current}
                                addresses={kept}
                                typed={draft.typed}
                                chosen={destination && "kept" in destination ? destination.kept.id : undefined}
                                onType={(typed) => write({ typed })}
                                refusal={isAboutAddress ? placing.error : null}
                                onDone={(chosen) => {
                                    if ("kept" in chosen) setLately([chosen.kept]);
                                    write({ sendTo: "kept" in chosen ? { id: chosen.kept.id } : chosen });
                                    placing.forget();
                                    setStep("delivery");
                                }}
                            />
                        )}
                        {step !== "address" && destination && (
                            <Done title={t("Delivery address")} text={summary(destination)} change={() => setStep("address")} />
                        )}
                        {step === "delivery" && (
                            <DeliveryStep
                                offers={offers}
                                isNew={moved.current}
                                chosen={offer?.code ?? ""}
                                choose={(rate) => write({ rate })}
                                onDone={() => setStep("payment")}
                                back={() => setStep("address")}
                            />
                        )}
                        {step === "payment" && offer && (
                            <>
                                <Done
                                    title={t("Delivery")}
                                    text={`${offer.name}, ${Number(offer.price) ? money(offer.price, offer.currency) : t("Free")}`}
                                    change={() => setStep("delivery")}
                                />
                                <PaymentStep
                                    isNew={moved.current}
                                    total={sums.total}
                                    currency={cart.currency}
                                    offer={offer}
                                    error={placing.error}
                                    isBusy={placing.isBusy}
                                    draft={draft}
                                    write={write}
                                    place={place}
                                    goTo={setStep}
                                />
                            </>
                        )}
                    </div>
                    <aside className="panel wide-only mini" aria-label={t("Your order")}>
                        <h2 className="h-xl">{t("Your order")}</h2>
                        <MiniLines lines={cartLines(cart)} currency={cart.currency} />
                        <div className="sums">
                            <Sums of={sums} count={cart.item_count} label={t("To pay")} delivery={step !== "address"} />
                        </div>
                    </aside>
                </div>
            </Page>
        </>
    );
}

/** Whether this step came after another: then its heading is read out. The first one came with the page. */
function useMoved(step: Step): RefObject<boolean> {
    const first = useRef(step);
    const moved = useRef(false);
    moved.current ||= first.current !== step;
    return moved;
}

/** Who agreed to be counted; the cookie that says so does not go along. */
const counted = () => (visitor() ? { visitor: visitor() } : {});

function where(destination: Destination | null): Pick<Placing, "address_id" | "address" | "email"> {
    if (!destination) return {};
    if ("kept" in destination) return { address_id: destination.kept.id };
    return { address: destination.address, ...(destination.email ? { email: destination.email } : {}) };
}

function pincodeOf(destination: Destination | null): string {
    if (!destination) return "";
    return ("kept" in destination ? destination.kept.pincode : destination.address.pincode) ?? "";
}

function summary(destination: Destination): string {
    const address = "kept" in destination ? destination.kept : destination.address;
    return [address.name, address.street, address.city, address.pincode].filter(Boolean).join(", ");
}

/** Until the order is placed the cart knows no method of delivery; the offer's price is put in its place. */
function withDelivery(cart: Cart, price: string): Cart {
    const minor = (amount: string) => toMinor(amount, cart.currency);
    const total = minor(cart.total) - minor(cart.shipping) + minor(price);
    return { ...cart, shipping: price, total: fromMinor(total, cart.currency) };
}

function StepList({ step }: { step: Step }) {
    const steps: [Step, string][] = [["address", t("Address")], ["delivery", t("Delivery")], ["payment", t("Payment")]];
    const now = steps.findIndex(([code]) => code === step);
    return (
        <ol className="steps" aria-label={t("Steps")}>
            {steps.map(([code, title], index) => (
                <li key={code} className={index < now ? "done" : undefined} aria-current={index === now ? "step" : undefined}>
                    {title}
                </li>
            ))}
        </ol>
    );
}

function Done({ title, text, change }: { title: string; text: string; change: () => void }) {
    return (
        <section className="block done-block" aria-label={title}>
            <p className="small">
                <b>{title}</b> <span>{text}</span>
            </p>
            <button type="button" className="link small" onClick={change}>
                {t("Change")}
                <span className="sr"> {title}</span>
            </button>
        </section>
    );
}

function Folded({ cart, sums }: { cart: Cart; sums: Cart }) {
    return (
        <details className="fold">
            <summary>
                <Icon name="shopping-bag" small />{" "}
                {tn("Your order, {number} piece", "Your order, {number} pieces", cart.item_count)}{" "}
                <Icon name="chevron-down" small className="chev" />
                <b className="num">{money(sums.total, cart.currency)}</b>
            </summary>
            <div className="mini">
                <MiniLines lines={cartLines(cart)} currency={cart.currency} />
                <div className="sums">
                    <Sums of={sums} count={cart.item_count} label={t("To pay")} />
                </div>
            </div>
        </details>
    );
}
