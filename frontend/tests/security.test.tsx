import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import Security from "../src/pages/Security";
import { type Asked, serve } from "./server";
import { show } from "./show";

const none = { is_required: false, totp: null, passkeys: [], recovery_codes_left: 0 };
const at = "2026-11-01T10:00:00Z";
const begun = { status: 201, body: { challenge: "ch", secret: "ABCD EFGH", uri: "otpauth://totp/Osari:asha?secret=ABCDEFGH" } };

function serveFactors(answer: (asked: Asked) => { status?: number; body?: unknown } | undefined, factors: unknown = none) {
    return serve((asked) => {
        const found = answer(asked);
        if (found) return found;
        if (asked.path === "/api/self/mfa/") return { body: factors };
        if (asked.path === "/api/self/sessions/") return { body: { results: [] } };
        return { status: 204 };
    });
}

test("an app is drawn, confirmed by its code, and its recovery codes are shown before anything else", async () => {
    let isThere = false;
    const log = serveFactors(({ method, path }) => {
        if (path === "/api/self/mfa/") return { body: isThere ? { ...none, totp: { created_at: at, last_used_at: null }, recovery_codes_left: 1 } : none };
        if (method === "POST" && path === "/api/self/mfa/totp/") return begun;
        if (path !== "/api/self/mfa/totp/confirm/") return undefined;
        isThere = true;
        return { status: 201, body: { recovery_codes: ["1234567890"] } };
    });
    show(<Security />);
    await userEvent.click(await screen.findByRole("button", { name: "Set up an app" }));
    expect((await screen.findByRole("img", { name: "QR code for the app" })).querySelector("path")!.getAttribute("d")).toMatch(/^M\d+ \d+h1v1h-1z/);
    await userEvent.type(screen.getByLabelText("Code of the app"), "123 456");
    await userEvent.click(screen.getByRole("button", { name: "Use this app" }));
    await screen.findByText("1234567890");
    await waitFor(() => expect(screen.getByRole("heading", { name: "Your recovery codes" })).toHaveFocus());
    await userEvent.click(screen.getByRole("button", { name: "I have kept them" }));
    await screen.findByText("1 code is left.", { exact: false });
    expect(log.find(({ path }) => path === "/api/self/mfa/totp/confirm/")!.body).toEqual({ challenge: "ch", code: "123456" });
});

test("where the server wants a proof, the password is asked for and what was begun goes on", async () => {
    let isFresh = false;
    const log = serveFactors(({ method, path }) => {
        if (path === "/api/self/confirm/") {
            isFresh = true;
            return { status: 204 };
        }
        if (method === "POST" && path === "/api/self/mfa/totp/") return isFresh ? begun : { status: 403, body: { code: "confirmation_needed" } };
        return undefined;
    });
    show(<Security />);
    await userEvent.click(await screen.findByRole("button", { name: "Set up an app" }));
    await userEvent.type(await screen.findByLabelText("Password now"), "secret word");
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    await screen.findByText("ABCD EFGH");
    expect(log.find(({ path }) => path === "/api/self/confirm/")!.body).toEqual({ password: "secret word" });
});

test("a role that needs a factor keeps its last one, and says why", async () => {
    const kept = { is_required: true, totp: { created_at: at, last_used_at: null }, passkeys: [], recovery_codes_left: 10 };
    serveFactors(
        ({ method }) => (method === "DELETE" ? { status: 409, body: { code: "second_factor_needed", detail: "Add another one before." } } : undefined),
        kept,
    );
    show(<Security />);
    await userEvent.click(await screen.findByRole("button", { name: "Take the app away" }));
    await screen.findByText("Add another one before.");
    expect(screen.getByRole("button", { name: "Take the app away" })).toBeEnabled();
});

test("a browser that knows no passkeys offers none; one that shows none says so", async () => {
    serveFactors(() => undefined);
    const { unmount } = show(<Security />);
    await screen.findByText(/This browser knows no passkeys/);
    unmount();
    vi.stubGlobal("PublicKeyCredential", { parseRequestOptionsFromJSON: (given: unknown) => given, parseCreationOptionsFromJSON: (given: unknown) => given });
    vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { credentials: { create: () => Promise.reject(new DOMException("no", "NotAllowedError")) } }));
    const log = serveFactors(({ path }) => (path === "/api/self/mfa/passkeys/begin/" ? { body: { challenge: "ch", options: {} } } : undefined));
    show(<Security />);
    await userEvent.click(await screen.findByRole("button", { name: "Add a passkey" }));
    await userEvent.click(screen.getByRole("button", { name: "Make the passkey" }));
    await screen.findByText("No passkey was made. Try again, or on another device.");
    expect(log.some(({ path }) => path === "/api/self/mfa/passkeys/")).toBe(false);
});
