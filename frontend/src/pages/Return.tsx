import { type FormEvent, useState } from "react";
import { Link, useParams } from "react-router";
import { useOrder, useReturn } from "../api/orders";
import { Page } from "../components/Page";
import { SelectField, TextField } from "../components/Field";
import { Skeleton } from "../components/Skeleton";
import { Alert, Trouble } from "../components/Trouble";
import { t } from "../words";

export default function Return() {
    const id = Number(useParams().id);
    const { data, error, refetch } = useOrder(id);
    const ask = useReturn(id);
    const [mistake, setMistake] = useState("");
    if (error) return <div className="wrap"><Trouble error={error} again={refetch} /></div>;
    if (!data) return <div className="wrap"><Skeleton kind="lines" /></div>;
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const items = data!.items
            .map((item) => ({ item_id: item.id, quantity: Number(form.get(`item-${item.id}`) ?? 0) }))
            .filter(({ quantity }) => quantity > 0);
        const reason = String(form.get("reason") ?? "").trim();
        setMistake(items.length === 0 ? t("Choose at least one piece.") : "");
        if (items.length > 0) ask.mutate({ items, reason });
    }
    if (ask.data)
        return (
            <Page title={t("Send something back")}>
                <div className="empty">
                    <h1>{t("Asked for")}</h1>
                    <p>{t("Return {number} is with us. We answer first; what you paid comes back once the pieces are here.", { number: ask.data.number })}</p>
                    <Link className="btn" to={`/order/${id}`}>
                        {t("See the order")}
                    </Link>
                </div>
            </Page>
        );
    return (
        <Page title={t("Send something back")}>
            <div className="head page-head">
                <h1>{t("Send something back")}</h1>
                <p className="small muted">
                    {t("Order")} <Link to={`/order/${id}`}>{data.number}</Link>
                </p>
            </div>
            <form className="formbox narrow" onSubmit={send} noValidate>
                <section className="block last">
                    <h2>{t("How many of each?")}</h2>
                    <Alert error={ask.error} />
                    {data.items.map((item) => (
                        <SelectField key={item.id} name={`item-${item.id}`} label={item.name} error={mistake} defaultValue="0">
                            {[...Array(item.quantity - item.returned + 1).keys()].map((number) => (
                                <option key={number}>{number}</option>
                            ))}
                        </SelectField>
                    ))}
                    <TextField name="reason" label={t("What is wrong with it?")} maxLength={500} optional />
                    <p className="small muted">{t("We answer first. What you paid for the pieces comes back once they are here.")}</p>
                    <button className="btn wide" disabled={ask.isPending}>
                        {t("Ask for the return")}
                    </button>
                </section>
            </form>
        </Page>
    );
}
