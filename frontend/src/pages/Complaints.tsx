import type { FormEvent } from "react";
import { useSearchParams } from "react-router";
import { type Complaint, useComplain, useComplaints } from "../api/complaints";
import { fieldErrors } from "../api/problem";
import { MistakeList, SelectField, TextField } from "../components/Field";
import { Alert } from "../components/Trouble";
import { AccountView } from "../components/View";
import { day, t } from "../words";

/** What went wrong and stays wrong: it gets a number and a day by which it is answered. */
export default function Complaints() {
    return (
        <AccountView title={t("Complaints")} of={useComplaints()}>
            {(data) => (
                <>
                    {data.length > 0 && (
                        <ul>
                            {data.map((complaint) => (
                                <One key={complaint.id} complaint={complaint} />
                            ))}
                        </ul>
                    )}
                    <Form />
                </>
            )}
        </AccountView>
    );
}

function One({ complaint }: { complaint: Complaint }) {
    const isOver = complaint.status === "closed" || complaint.status === "resolved";
    return (
        <li className="parcel">
            <div className="ticket-top">
                <b>
                    <bdi>{complaint.number}</bdi>
                </b>
                <p className={`status${isOver ? " good" : ""}`}>{statusWords(complaint.status)}</p>
            </div>
            <p className="tw:whitespace-pre-line">{complaint.text}</p>
            {complaint.messages.map((message) => (
                <p key={message.id} className="small tw:whitespace-pre-line">
                    <span className="muted">{day(message.at)}:</span> {message.text}
                </p>
            ))}
            {!isOver && <p className="small muted">{t("We settle it by {day}.", { day: day(complaint.resolve_by) })}</p>}
        </li>
    );
}

function statusWords(status: Complaint["status"]): string {
    const words: Record<string, string> = {
        open: t("Received"),
        acknowledged: t("We are at it"),
        resolved: t("Settled"),
        closed: t("Closed"),
        reopened: t("Open again"),
    };
    return words[status] ?? status;
}

function Form() {
    const complain = useComplain();
    const [params] = useSearchParams();
    const mistakes = complain.error ? fieldErrors(complain.error) : {};
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const form = event.currentTarget;
        const text = (name: string) => String(new FormData(form).get(name) ?? "").trim();
        const written = { kind: text("kind") as never, text: text("text"), order: text("order") };
        complain.mutate(written, { onSuccess: () => form.reset() });
    }
    return (
        <section aria-labelledby="complain">
            <h2 className="h-xl" id="complain">
                {t("What went wrong?")}
            </h2>
            <form className="stack narrow formbox" onSubmit={send}>
                {complain.data && (
                    <p className="note" role="status">
                        {t("It is with us as {number}. We answer by {day}.", { number: complain.data.number, day: day(complain.data.acknowledge_by) })}
                    </p>
                )}
                <MistakeList mistakes={mistakes} />
                {complain.error && Object.keys(mistakes).length === 0 ? <Alert error={complain.error} /> : null}
                <SelectField label={t("It is about")} name="kind" defaultValue="order">
                    <option value="order">{t("An order: late, lost, incomplete")}</option>
                    <option value="product">{t("A piece: broken, faulty, not as shown")}</option>
                    <option value="payment">{t("A payment or a refund")}</option>
                    <option value="return">{t("A return or an exchange")}</option>
                    <option value="privacy">{t("My data")}</option>
                    <option value="other">{t("Something else")}</option>
                </SelectField>
                <TextField label={t("Number of the order")} name="order" defaultValue={params.get("order") ?? ""} error={mistakes.order} optional />
                <div className={`field${mistakes.text ? " error" : ""}`}>
                    <label htmlFor="f-text">{t("Tell us what happened")}</label>
                    <textarea id="f-text" name="text" rows={5} maxLength={4000} required aria-invalid={mistakes.text ? true : undefined} />
                </div>
                <p>
                    <button className="btn" disabled={complain.isPending}>
                        {t("Send the complaint")}
                    </button>
                </p>
            </form>
        </section>
    );
}
