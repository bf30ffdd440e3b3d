import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { changeWishes, type Wish } from "../src/api/lists";
import { changeVotes } from "../src/api/reviews";
import { signedOut } from "../src/api/session";
import { WishButton } from "../src/components/WishButton";
import { signIn } from "./people";
import { serve } from "./server";
import { show } from "./show";

const mug = { id: 12, name: "Mug", url: "/product/mug/" } as never;
afterEach(signedOut);

test("a heart fills at once and empties again when the shop refuses", async () => {
    signIn();
    let refuse = () => {};
    serve(({ method }) => {
        if (method === "GET") return { body: { results: [] } };
        return new Promise((resolve) => (refuse = () => resolve({ status: 409, body: { detail: "The list is full." } })));
    });
    show(<WishButton product={mug} />);
    const heart = await screen.findByRole("button", { name: "Keep it on your list" });
    await userEvent.click(heart);
    await waitFor(() => expect(heart).toHaveAttribute("aria-pressed", "true"));
    refuse();
    await waitFor(() => expect(heart).toHaveAttribute("aria-pressed", "false"));
    expect(screen.getByRole("alert")).toHaveTextContent("The list is full.");
});

test("a guest is led to sign in, and back", () => {
    show(<WishButton product={mug} />);
    expect(screen.getByRole("link")).toHaveAttribute("href", "/sign-in?next=%2Fproduct%2Fmug%2F");
});

test("a piece stands on the list once", () => {
    const once = changeWishes([], { kind: "keep", product: mug });
    expect(changeWishes(once, { kind: "keep", product: mug })).toEqual(once);
    expect(changeWishes([{ id: 3 } as Wish], { kind: "move", id: 3 })).toEqual([]);
});

test("a vote counts one, and never below nothing", () => {
    const page = { results: [{ id: 1, helpful_count: 0 }, { id: 2, helpful_count: 4 }] } as never;
    expect(changeVotes(page, { id: 2, helpful: true }).results.map(({ helpful_count }) => helpful_count)).toEqual([0, 5]);
    expect(changeVotes(page, { id: 1, helpful: false }).results[0]!.helpful_count).toBe(0);
});
