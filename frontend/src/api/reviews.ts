import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";
import { optimistic } from "./optimistic";

export type Review = Schemas["ShownReview"];
export type OwnReview = Schemas["Review"];
type ReviewPage = Schemas["ReviewPage"];
export const REVIEWS_AT_ONCE = 6;

export function useReviews(product: number, asked: { rating: number; page: number }) {
    const query = { page: asked.page, page_size: REVIEWS_AT_ONCE, ...(asked.rating ? { rating: asked.rating } : {}) };
    return useQuery({
        queryKey: ["reviews", product, asked],
        staleTime: 30_000,
        placeholderData: keepPreviousData,
        queryFn: () => body(api.GET("/api/product/{product_id}/reviews/", { params: { path: { product_id: product }, query } })),
    });
}

type Vote = { id: number; helpful: boolean };

/** Counted at once; the server's number comes with the next reading. */
export function useVote(product: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: ({ id, helpful }: Vote): Promise<unknown> => {
            const params = { path: { review_id: id } };
            return helpful ? body(api.POST("/api/review/{review_id}/helpful/", { params })) : body(api.DELETE("/api/review/{review_id}/helpful/", { params }));
        },
        ...optimistic<ReviewPage, Vote>(client, ["reviews", product], changeVotes),
    });
}

export function changeVotes(page: ReviewPage, { id, helpful }: Vote): ReviewPage {
    const step = helpful ? 1 : -1;
    const results = page.results.map((one) => (one.id === id ? { ...one, helpful_count: Math.max(0, one.helpful_count + step) } : one));
    return { ...page, results };
}

export function useOwnReviews() {
    return useQuery({
        queryKey: ["own-reviews"],
        queryFn: async () => (await body(api.GET("/api/review/", { params: { query: { mine: true, page_size: 100 } } }))).results,
    });
}

type Written = { id?: number; rating: number; title: string; body: string; files: File[] };

/** The words first, then their pictures: a picture that is refused does not lose the words. */
export function useWriteReview(product: number) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: async ({ id, files, ...words }: Written) => {
            const review = await (id
                ? body(api.PATCH("/api/review/{review_id}/", { params: { path: { review_id: id } }, body: words as never }))
                : body(api.POST("/api/product/{product_id}/reviews/", { params: { path: { product_id: product } }, body: words })));
            for (const file of files) await sendPicture(review.id, file);
            return review;
        },
        onSettled: () => client.invalidateQueries({ queryKey: ["own-reviews"] }),
    });
}

function sendPicture(review: number, file: File): Promise<unknown> {
    const form = new FormData();
    form.append("file", file);
    const params = { path: { review_id: review } };
    return body(api.POST("/api/review/{review_id}/pictures/", { params, body: form as never, bodySerializer: (given) => given as never }));
}

export function useWithdraw() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (id: number) => body(api.DELETE("/api/review/{review_id}/", { params: { path: { review_id: id } } })),
        ...optimistic<OwnReview[], number>(client, ["own-reviews"], (reviews, gone) => reviews.filter(({ id }) => id !== gone)),
    });
}
