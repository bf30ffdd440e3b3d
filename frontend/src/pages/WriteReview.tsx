import { type FormEvent, useState } from "react";
import toast from "react-hot-toast/headless";
import { useNavigate, useParams } from "react-router";
import { useProduct } from "../api/catalogue";
import { fieldErrors } from "../api/problem";
import { type OwnReview, useOwnReviews, useWriteReview } from "../api/reviews";
import { together } from "../components/Awaited";
import { MistakeList, TextField } from "../components/Field";
import { Icon } from "../components/Icon";
import { PlaceLink } from "../components/PlaceLink";
import { Alert } from "../components/Trouble";
import { AccountView } from "../components/View";
import { t } from "../words";

/** A new review, or a change of one's own: a buyer has one for each product. */
export default function WriteReview() {
    const id = Number(useParams().product);
    const product = useProduct(id);
    const own = useOwnReviews();
    const before = own.data?.find((review) => review.product === id);
    return (
        <AccountView title={before ? t("Change your review") : t("Write a review")} of={together(product, own)}>
            {([{ url, name }]) => (
                <>
                    <p>
                        <b>
                            <PlaceLink to={{ url, kind: "product", id }}>{name}</PlaceLink>
                        </b>
                    </p>
                    <Form product={id} before={before} />
                </>
            )}
        </AccountView>
    );
}

function Form({ product, before }: { product: number; before?: OwnReview }) {
    const write = useWriteReview(product);
    const goTo = useNavigate();
    const [own, setOwn] = useState<Record<string, string>>({});
    const theirs = write.error ? fieldErrors(write.error) : {};
    const mistakes: Record<string, string | undefined> = { ...theirs, ...own };
    function send(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const text = (name: string) => String(form.get(name) ?? "").trim();
        const files = (form.getAll("file") as File[]).filter(({ size }) => size > 0);
        const found: Record<string, string> = {};
        if (!form.get("rating")) found.rating = t("How many stars?");
        if (!text("body")) found.body = t("Write a sentence or two.");
        setOwn(found);
        if (Object.keys(found).length > 0) return;
        const written = { id: before?.id, rating: Number(form.get("rating")), title: text("title"), body: text("body"), files };
        write.mutate(written, {
            onSuccess: () => {
                toast(t("Thank you. Somebody reads it, then it is shown."));
                goTo("/account/reviews");
            },
        });
    }
    return (
        <form className="stack narrow formbox" onSubmit={send} noValidate>
            <MistakeList mistakes={mistakes} />
            {write.error && Object.keys(mistakes).length === 0 ? <Alert error={write.error} /> : null}
            <StarsField chosen={before?.rating} error={mistakes.rating} />
            <TextField label={t("In a few words")} name="title" defaultValue={before?.title} maxLength={120} error={mistakes.title} optional />
            <div className={`field${mistakes.body ? " error" : ""}`}>
                <label htmlFor="f-body">{t("What is it like to live with?")}</label>
                <textarea
                    id="f-body"
                    name="body"
                    rows={6}
                    maxLength={5000}
                    defaultValue={before?.body}
                    aria-invalid={mistakes.body ? true : undefined}
                    aria-describedby={mistakes.body ? "f-body-error" : undefined}
                />
                {mistakes.body && (
                    <p className="error-text" id="f-body-error">
                        <Icon name="circle-alert" small />
                        {mistakes.body}
                    </p>
                )}
            </div>
            <TextField
                label={t("Pictures")}
                name="file"
                type="file"
                accept="image/jpeg,image/png,image/webp"
                multiple
                help={t("Up to four, each at most 8 MB.")}
                error={mistakes.file}
                optional
            />
            <p className="small muted">
                {t("Somebody reads it before it is shown, for its tone and not for its stars. Others see your first name and the first letter of your last name.")}
            </p>
            <p>
                <button className="btn" disabled={write.isPending}>
                    {before ? t("Save the review") : t("Send the review")}
                </button>
            </p>
        </form>
    );
}

function StarsField({ chosen, error }: { chosen?: number; error?: string }) {
    const words = [t("Poor"), t("Not so good"), t("All right"), t("Good"), t("Very good")];
    return (
        <fieldset className={`field rate${error ? " error" : ""}`} aria-describedby={error ? "f-rating-error" : undefined}>
            <legend>{t("How many stars?")}</legend>
            <div className="rate-stars">
                {words.map((word, index) => (
                    <label key={word}>
                        <input type="radio" id={index === 0 ? "f-rating" : undefined} name="rating" value={index + 1} defaultChecked={chosen === index + 1} />
                        <Icon name="star" />
                        <span className="rate-word">{word}</span>
                    </label>
                ))}
            </div>
            {error && (
                <p className="error-text" id="f-rating-error">
                    <Icon name="circle-alert" small />
                    {error}
                </p>
            )}
        </fieldset>
    );
}
