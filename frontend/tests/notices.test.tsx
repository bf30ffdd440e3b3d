import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { changeAddresses } from "../src/api/account";
import type { KeptAddress } from "../src/address";
import NoticeChoices from "../src/pages/NoticeChoices";
import Notices from "../src/pages/Notices";
import { serve } from "./server";
import { show } from "./show";

const notice = (id: number) => ({
    id, recipient: 1, channel: "in_app", subject: `Notice ${id}`, message: "", status: "sent", order: null,
    created_at: "2026-01-01T00:00:00Z",
});

/** Answers reads with `answer`; refuses the first write when it is told to. */
function refusing(answer: unknown) {
    let refuse = () => {};
    const log = serve(({ method }) => {
        if (method === "GET") return { body: answer };
        return new Promise((resolve) => (refuse = () => resolve({ status: 503, body: { detail: "Not now." } })));
    });
    return { log, refuse: () => refuse() };
}

test("a notice is gone at once, and stands there again when the shop refuses", async () => {
    const { refuse } = refusing({ count: 2, results: [notice(1), notice(2)] });
    show(<Notices />);
    await userEvent.click((await screen.findAllByRole("button", { name: /Delete/ }))[0]!);
    await waitFor(() => expect(screen.queryByRole("heading", { name: "Notice 1" })).toBeNull());
    refuse();
    expect(await screen.findByRole("heading", { name: "Notice 1" })).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent("Not now.");
});

test("a tick counts at once and comes back when the shop refuses; what is locked cannot be ticked", async () => {
    const row = (channel: string, wanted: boolean, locked: boolean) => ({ topic: "orders", channel, wanted, locked });
    const { log, refuse } = refusing({ preferences: [row("email", true, true), row("in_app", true, false)] });
    show(<NoticeChoices />);
    const box = await screen.findByRole("checkbox", { name: "In the shop" });
    expect(screen.getByRole("checkbox", { name: "E-mail" })).toBeDisabled();
    await userEvent.click(box);
    await waitFor(() => expect(box).not.toBeChecked());
    expect(log.find(({ method }) => method === "PUT")!.body).toMatchObject({
        preferences: [{ topic: "orders", channel: "in_app", wanted: false }],
    });
    refuse();
    await waitFor(() => expect(box).toBeChecked());
    expect(screen.getByRole("alert")).toHaveTextContent("Not now.");
});

test("of kept addresses exactly one is the default, before the answer too", () => {
    const kept = [{ id: 1, is_default: true }, { id: 2, is_default: false }] as KeptAddress[];
    expect(changeAddresses(kept, { kind: "default", id: 2 }).map(({ is_default }) => is_default)).toEqual([false, true]);
    expect(changeAddresses(kept, { kind: "remove", id: 1 }).map(({ id }) => id)).toEqual([2]);
});
