import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { signedIn, signedOut } from "../src/api/session";
import { ChangeEmail } from "../src/components/ChangeEmail";
import ConfirmAddress from "../src/pages/ConfirmAddress";
import TakeBack from "../src/pages/TakeBack";
import { serve } from "./server";
import { show } from "./show";

const access = `h.${btoa(JSON.stringify({ exp: Date.now() / 1000 + 300 }))}.s`;
const me = { id: 1, name: "Asha", email: "asha@example.com", is_verified: true, pending_email: "", has_password: true };
const old = { status: 400, body: { code: "link_invalid", detail: "This link has been used or is too old." } };

afterEach(() => {
    signedOut();
    history.replaceState(null, "", "/");
});

function openLink(secret: string) {
    history.replaceState(null, "", `/#${secret}`);
}

test("opening the link confirms nothing; the button does, once, and the secret is gone from the address", async () => {
    const log = serve(() => ({ body: { is_verified: true } }));
    openLink("MQ:1vX:s-g");
    show(<ConfirmAddress />);
    expect(location.hash).toBe("");
    expect(log).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Yes, confirm it" }));
    await waitFor(() => expect(screen.getByRole("heading", { name: "Your address is confirmed" })).toHaveFocus());
    expect(log.map(({ path, body }) => [path, body])).toEqual([["/api/self/verify/", { token: "MQ:1vX:s-g", client: "app" }]]);
});

test.each([<ConfirmAddress />, <TakeBack />])("a link that was used or is none says so", async (view) => {
    serve(() => old);
    openLink("x");
    const { unmount } = show(view);
    await userEvent.click(screen.getByRole("button"));
    await screen.findByRole("heading", { name: "This link has been used or is too old" });
    unmount();
    show(view); // without a secret
    await screen.findByRole("heading", { name: "This link has been used or is too old" });
});

test("an account that is taken back is signed out here, and leads to a new password", async () => {
    signedIn({ access, user: me as never });
    const log = serve(() => ({ body: { email: "asha@example.com", reset_token: "1-abc" } }));
    openLink("MQ:1vX:s-g");
    show(<TakeBack />, { path: "/take-back", at: "/take-back" });
    expect(log).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Take the account back" }));
    await screen.findByText("elsewhere");
    expect(localStorage.getItem("signed-in")).toBeNull();
});

test("another address waits for its link, which can be sent again", async () => {
    signedIn({ access, user: me as never });
    const log = serve(({ method, path, body }) => {
        if (path === "/api/self/email/") return { status: 202, body: { ...me, pending_email: (body as { email: string }).email } };
        return method === "GET" ? { body: me } : { status: 202 };
    });
    show(<ChangeEmail />);
    await userEvent.type(await screen.findByLabelText("New e-mail"), "new@example.com");
    await userEvent.type(screen.getByLabelText("Password now"), "secret word");
    await userEvent.click(screen.getByRole("button", { name: "Move to this address" }));
    await screen.findByText(/We have written to new@example.com/);
    expect(screen.getByLabelText("New e-mail")).toHaveValue("");
    await userEvent.click(screen.getByRole("button", { name: "Send the link again" }));
    const sent = log.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);
    expect(sent).toEqual([
        ["/api/self/email/", { email: "new@example.com", password: "secret word", client: "app" }],
        ["/api/self/verify/send/", { client: "app" }],
    ]);
});

test("who has no password shows a fresh sign-in instead", async () => {
    signedIn({ access, user: me as never });
    serve(({ path }) => (path === "/api/self/email/" ? { status: 403, body: { code: "confirmation_needed" } } : { body: { ...me, has_password: false } }));
    show(<ChangeEmail />);
    await userEvent.type(await screen.findByLabelText("New e-mail"), "new@example.com");
    expect(screen.queryByLabelText("Password now")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Move to this address" }));
    await screen.findByRole("heading", { name: "Is it you?" });
});
