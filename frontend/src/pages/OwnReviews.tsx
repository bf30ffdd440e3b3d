import { Link } from "react-router";
import { useProduct } from "../api/catalogue";
import { type OwnReview, useOwnReviews, useWithdraw } from "../api/reviews";
import { PlaceLink } from "../components/PlaceLink";
import { Answer, Given, Paragraphs } from "../components/Reviews";
import { Alert } from "../components/Trouble";
import { AccountView } from "../components/View";
import { day, t } from "../words";

export default function OwnReviews() {
    const reviews = useOwnReviews();
    const withdraw = useWithdraw();
    return (
        <AccountView title={t("Your reviews")} of={reviews}>
            {(data) => (
                <>
                    <Alert error={withdraw.error} />
                    {data.length === 0 && (
                        <p>
                            {t("Once something was delivered to you, you can tell here what it is like.")}{" "}
                            <Link className="link" to="/account/orders">
                                {t("Your orders")}
                            </Link>
                        </p>
                    )}
                    {data.map((review) => (
                        <Own key={review.id} review={review} withdraw={() => withdraw.mutate(review.id)} />
                    ))}
                </>
            )}
        </AccountView>
    );
}

function Own({ review, withdraw }: { review: OwnReview; withdraw: () => void }) {
    const product = useProduct(review.product).data;
    const name = product?.name ?? t("A piece that is not on sale now");
    return (
        <article className="review">
            <div className="ticket-top">
                <h2 className="h-small">
                    {product ? <PlaceLink to={{ url: product.url, kind: "product", id: product.id }}>{name}</PlaceLink> : name}
                </h2>
                <p className={`status ${review.status === "rejected" ? "trouble" : "good"}`}>{statusWords(review.status)}</p>
            </div>
            <Given stars={review.rating} />
            {review.status === "rejected" && (
                <p className="note small">
                    {review.reason} {t("Change it, and we read it again.")}
                </p>
            )}
            {review.title && (
                <p>
                    <b>{review.title}</b>
                </p>
            )}
            <Paragraphs text={review.body} />
            <Answer to={review} />
            <p className="tiny muted">{day(review.submitted_at)}</p>
            <div className="acts-row">
                <Link className="btn line" to={`/account/reviews/write/${review.product}`}>
                    {t("Change")}
                    <span className="sr"> {name}</span>
                </Link>
                <details className="cancel">
                    <summary className="link plain">
                        {t("Withdraw")}
                        <span className="sr"> {name}</span>
                    </summary>
                    <div className="panel stack">
                        <p className="small">{t("Your words, stars and pictures are gone then. You can write another one later.")}</p>
                        <button type="button" className="btn line" onClick={withdraw}>
                            {t("Withdraw the review")}
                        </button>
                    </div>
                </details>
            </div>
        </article>
    );
}

function statusWords(status: string): string {
    const words: Record<string, string> = { pending: t("Being read"), approved: t("Shown"), rejected: t("Not shown") };
    return words[status] ?? status;
}
