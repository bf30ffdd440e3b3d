import { useState } from "react";
import { Link } from "react-router";
import { type Review, REVIEWS_AT_ONCE, useReviews, useVote } from "../api/reviews";
import { useUser } from "../api/session";
import { shopFacts } from "../preferences";
import { day, t, tn } from "../words";
import { Icon } from "./Icon";
import { Alert } from "./Trouble";

/** What buyers say of a product: how many gave how many stars, and their words, a page at a time. */
export default function Reviews({ product }: { product: number }) {
    const [rating, setRating] = useState(0);
    const [page, setPage] = useState(1);
    const { data } = useReviews(product, { rating, page });
    if (!data) return null;
    const total = Object.values(data.distribution).reduce((sum, number) => sum + number, 0);
    const choose = (stars: number) => {
        setRating(stars === rating ? 0 : stars);
        setPage(1);
    };
    return (
        <section className="section wrap" id="reviews" aria-labelledby="reviews-title">
            <div className="reviews">
                <div className="reviews-head">
                    <h2 id="reviews-title">{t("What people say")}</h2>
                    {total > 0 ? (
                        <>
                            <p className="stars">
                                <Icon name="star" small />
                                <b>{data.rating}</b>{" "}
                                <span className="muted small">{tn("out of 5, from one person", "out of 5, from {number} people", total)}</span>
                            </p>
                            <Bars of={data.distribution} total={total} chosen={rating} choose={choose} />
                        </>
                    ) : (
                        <p className="muted">{t("Nobody has said anything yet.")}</p>
                    )}
                    <p>
                        <Link className="btn line" to={`/account/reviews/write/${product}`}>
                            {t("Write a review")}
                        </Link>
                    </p>
                </div>
                {data.results.length === 0 ? (
                    <p className="muted">{t("Was it delivered to you? Then you are the first who can tell what it is like to live with.")}</p>
                ) : (
                    <div>
                        {data.results.map((review) => (
                            <One key={review.id} review={review} product={product} />
                        ))}
                        <Turn page={page} count={data.count} go={setPage} />
                    </div>
                )}
            </div>
        </section>
    );
}

type BarsProps = { of: Record<string, number>; total: number; chosen: number; choose: (stars: number) => void };

function Bars({ of, total, chosen, choose }: BarsProps) {
    return (
        <ul className="bars">
            {[5, 4, 3, 2, 1].map((stars) => (
                <li key={stars} className={stars === chosen ? "chosen" : undefined}>
                    <button
                        type="button"
                        className="bar"
                        aria-pressed={stars === chosen}
                        disabled={!of[stars]}
                        onClick={() => choose(stars)}
                    >
                        <span aria-hidden="true">{stars}</span>
                        <progress value={of[stars] ?? 0} max={total} aria-hidden="true" />
                        <span className="num muted" aria-hidden="true">
                            {of[stars] ?? 0}
                        </span>
                        <span className="sr">{t("{stars} of 5 stars: {number}", { stars, number: of[stars] ?? 0 })}</span>
                    </button>
                </li>
            ))}
        </ul>
    );
}

export function Given({ stars }: { stars: number }) {
    return (
        <span className="stars" role="img" aria-label={t("{rating} out of 5", { rating: stars })}>
            {[...Array(stars).keys()].map((number) => (
                <Icon key={number} name="star" small />
            ))}
        </span>
    );
}

export function Paragraphs({ text }: { text: string }) {
    return (
        <div className="words">
            {text.split(/\n{2,}/).map((paragraph, index) => (
                <p key={index} className="tw:whitespace-pre-line">
                    {paragraph}
                </p>
            ))}
        </div>
    );
}

function One({ review, product }: { review: Review; product: number }) {
    return (
        <article className="review" lang={review.lang || undefined}>
            <Given stars={review.rating} />
            {review.title && <h3>{review.title}</h3>}
            <Paragraphs text={review.body} />
            {review.pictures.length > 0 && (
                <ul className="shots-of">
                    {review.pictures.map((picture, index) => (
                        <li key={picture.id}>
                            <a href={picture.url}>
                                <img
                                    src={picture.thumbnail}
                                    alt={t("Picture {number} from {name}", { number: index + 1, name: review.author })}
                                    width="96"
                                    height="96"
                                    loading="lazy"
                                />
                            </a>
                        </li>
                    ))}
                </ul>
            )}
            <p className="tiny muted">
                {[review.author, day(review.created_at)].filter(Boolean).join(", ")}
                {review.verified && <span className="ok bought">{t("Bought here")}</span>}
            </p>
            <Answer to={review} />
            <Helpful review={review} product={product} />
        </article>
    );
}

export function Answer({ to: { answer } }: { to: Pick<Review, "answer"> }) {
    if (!answer) return null;
    return (
        <div className="answer">
            <p className="tiny">
                <b>{t("{shop} answers", { shop: shopFacts().name })}</b> <span className="muted">{day(answer.at)}</span>
            </p>
            <Paragraphs text={answer.body} />
        </div>
    );
}

function Helpful({ review, product }: { review: Review; product: number }) {
    const user = useUser();
    const vote = useVote(product);
    const [voted, setVoted] = useState(false);
    const press = () => {
        setVoted(!voted);
        vote.mutate({ id: review.id, helpful: !voted }, { onError: () => setVoted(voted) });
    };
    return (
        <div className="helpful">
            {review.helpful_count > 0 && (
                <span className="tiny muted">{tn("Helped {number} person.", "Helped {number} people.", review.helpful_count)}</span>
            )}{" "}
            {user ? (
                <button type="button" className="link-button tiny" onClick={press}>
                    {voted ? t("Take it back") : t("This helped me")}
                </button>
            ) : (
                <Link className="link plain tiny" to={`/sign-in?next=${encodeURIComponent(location.pathname.replace(/^\/app/, ""))}`}>
                    {t("Sign in to say that it helped")}
                </Link>
            )}
            <Alert error={vote.error} />
        </div>
    );
}

function Turn({ page, count, go }: { page: number; count: number; go: (page: number) => void }) {
    if (count <= REVIEWS_AT_ONCE) return null;
    return (
        <p className="more acts-row">
            {page > 1 && (
                <button type="button" className="btn line" onClick={() => go(page - 1)}>
                    {t("Newer ones")}
                </button>
            )}
            {page * REVIEWS_AT_ONCE < count && (
                <button type="button" className="btn line" onClick={() => go(page + 1)}>
                    {t("Older ones")}
                </button>
            )}
        </p>
    );
}
