import { type FormEvent, useState } from "react";
import { Link, useParams } from "react-router";
import { useProduct } from "../api/catalogue";
import { type Order, useOrder, useReturn, useTracking } from "../api/orders";
import { together } from "../components/Awaited";
import { ChoiceField, SelectField } from "../components/Field";
import { FocusedTitle } from "../components/FocusedTitle";
import { OfOrder } from "../components/order/OfOrder";
import { OrderElsewhere } from "../components/order/OrderElsewhere";
import { isPaidByMoney, refundTo, WhereTo } from "../components/order/WhereTo";
import { Page } from "../components/Page";
import { Alert } from "../components/Trouble";
import { View } from "../components/View";
import { exchangesFor, returnableUnits } from "../exchange";
import { t } from "../words";

type Item = Order["items"][number];

export default function Return() {
    const id = Number(useParams().id);
    const order = useOrder(id);
    const parcels = useTracking(id);
    const ask = useReturn(id);
    if (ask.data) return <Thanks number={ask.data.number} id={id} />;
    return (
        <View
            title={t("Send something back")}
            of={together(order, parcels)}
            beside={<OfOrder order={order.data} />}
            instead={<OrderElsewhere />}
        >
            {([data, { shipments }]) => <Asked order={data} units={returnableUnits(data, shipments)} ask={ask} />}
        </View>
    );
}

type Asking = { order: Order; units: Map<number, number>; ask: ReturnType<typeof useReturn> };

function Asked({ order, units, ask }: Asking) {
    const items = order.items.filter((item) => units.get(item.id));
    if (items.length === 0) return <p className="note">{t("Nothing of this order can be sent back.")}</p>;
    return <Form order={order} items={items} units={units} ask={ask} />;
}

function Form({ order, items, units, ask }: Asking & { items: Item[] }) {
    const [mistakes, setMistakes] = useState({ items: "", why: "" });
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const wanted = wantedOf(form, items);
        const why = String(form.get("why") ?? "");
        const found = {
            items: wanted.length === 0 ? t("Say which pieces, and how many of each.") : "",
            why: why ? "" : t("Choose the reason that fits best."),
        };
        setMistakes(found);
        if (found.items || found.why) return;
        const reason = [why, String(form.get("more") ?? "").trim()].filter(Boolean).join(". ");
        ask.mutate({ items: wanted, reason, refund_to: refundTo(form) });
    }
    return (
        <form className="formbox narrow" onSubmit={send} noValidate>
            <section className="block">
                <h2>{t("How many of each?")}</h2>
                <Alert error={ask.error} />
                <Mistakes texts={mistakes} />
                {items.map((item) => (
                    <Line key={item.id} item={item} most={units.get(item.id)!} currency={order.currency} mistake={mistakes.items} />
                ))}
            </section>
            <section className="block last">
                <ChoiceField name="why" legend={t("Why does it come back?")} error={mistakes.why} choices={reasons()} />
                <div className="field">
                    <label htmlFor="f-more">
                        {t("Tell us more")} <span className="opt-word">{t("(optional)")}</span>
                    </label>
                    <textarea id="f-more" name="more" rows={3} maxLength={400} />
                </div>
                {isPaidByMoney(order) && <WhereTo />}
                <p className="small muted">
                    {t("We answer first. Once the pieces are here, what you paid for them comes back, or what you would like instead is sent.")}
                </p>
                <button className="btn wide" disabled={ask.isPending}>
                    {t("Ask for the return")}
                </button>
            </section>
        </form>
    );
}

function Mistakes({ texts }: { texts: Record<string, string> }) {
    const told = Object.values(texts).filter(Boolean);
    if (told.length === 0) return null;
    return (
        <div className="alert" role="alert" tabIndex={-1} ref={(box) => box?.focus()} key={told.join()}>
            {told.map((text) => (
                <p key={text}>{text}</p>
            ))}
        </div>
    );
}

/** The shop reads the reason in English; the buyer in their own language. */
function reasons(): [string, string][] {
    return [
        ["It arrived broken", t("It arrived broken")],
        ["It is not what I ordered", t("It is not what I ordered")],
        ["It does not fit", t("It does not fit")],
        ["I do not like it", t("I do not like it")],
        ["Something else", t("Something else")],
    ];
}

function wantedOf(form: FormData, items: Item[]) {
    return items
        .map(({ id }) => {
            const instead = Number(form.get(`instead-${id}`) ?? 0);
            return { item_id: id, quantity: Number(form.get(`item-${id}`) ?? 0), ...(instead ? { exchange_for: instead } : {}) };
        })
        .filter(({ quantity }) => quantity > 0);
}

/** How many come back, and beside it what is wanted for them: the money, or a piece of the same kind. */
function Line({ item, most, currency, mistake }: { item: Item; most: number; currency: string; mistake: string }) {
    const [count, setCount] = useState(0);
    const product = useProduct(item.product_id, currency, count > 0);
    const choices = exchangesFor(item, product.data, currency);
    return (
        <div className="stack">
            <SelectField
                name={`item-${item.id}`}
                label={item.name}
                error={mistake}
                value={count}
                onChange={(event) => setCount(Number(event.target.value))}
            >
                {[...Array(most + 1).keys()].map((number) => (
                    <option key={number}>{number}</option>
                ))}
            </SelectField>
            {count > 0 && choices.length > 0 && (
                <SelectField name={`instead-${item.id}`} label={t("For {name} you would like", { name: item.name })} defaultValue="" optional>
                    <option value="">{t("The money back")}</option>
                    {choices.map(({ id, text, isSame }) => (
                        <option key={id} value={id}>
                            {isSame ? t("The same again") : text}
                        </option>
                    ))}
                </SelectField>
            )}
        </div>
    );
}

function Thanks({ number, id }: { number: string; id: number }) {
    return (
        <Page title={t("Send something back")}>
            <div className="empty">
                <FocusedTitle>{t("Asked for")}</FocusedTitle>
                <p>{t("Return {number} is with us. We answer first; what you paid, or what you want instead, comes once the pieces are here.", { number })}</p>
                <Link className="btn" to={`/order/${id}`}>
                    {t("See the order")}
                </Link>
            </div>
        </Page>
    );
}
