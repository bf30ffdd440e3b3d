import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { wayOut } from "../src/api/outside";
import { signedOut } from "../src/api/session";
import ForgottenPassword from "../src/pages/ForgottenPassword";
import NewPassword from "../src/pages/NewPassword";
import SignIn from "../src/pages/SignIn";
import SignInBack from "../src/pages/SignInBack";
import SignInByCode from "../src/pages/SignInByCode";
import { type Asked, serve } from "./server";
import { show } from "./show";

const access = `h.${btoa(JSON.stringify({ exp: Date.now() / 1000 + 300 }))}.s`;
const signedIn = { body: { access, token: access, user: { id: 1, name: "Asha" } } };
const asks = (code: string, methods: string[]) => ({ status: 401, body: { code, challenge: "ch", methods } });
const to = (path: string) => (asked: Asked) => asked.path === path;

afterEach(() => {
    signedOut();
    sessionStorage.clear();
    history.replaceState(null, "", "/");
});

async function typePassword() {
    await userEvent.type(await screen.findByLabelText("E-mail or user name"), "asha");
    await userEvent.type(screen.getByLabelText("Password"), "secret word");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

test("a password that asks for a second factor is followed by a code, and both keep the refresh token in the cookie", async () => {
    const log = serve(({ path, body }) => {
        if (path === "/api/self/outside/") return { body: [] };
        if (path === "/api/self/") return asks("second_factor_required", ["totp", "recovery_codes"]);
        return (body as { code: string }).code === "123456" ? signedIn : { status: 400, body: { code: "wrong_code", detail: "This code is not right." } };
    });
    show(<SignIn />, { path: "/sign-in", at: "/sign-in?next=/cart" });
    await typePassword();
    const code = await screen.findByLabelText(/Code of your app/);
    await userEvent.type(code, "111 111");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByText("This code is not right.");
    await userEvent.clear(code);
    await userEvent.type(code, "123 456");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByText("elsewhere");
    expect(log.filter(to("/api/self/second-factor/")).map(({ body }) => body)).toEqual([
        { challenge: "ch", code: "111111", cookie: true },
        { challenge: "ch", code: "123456", cookie: true },
    ]);
});

test("staff without a second factor set one up, and keep their recovery codes before they are in", async () => {
    serve(({ path }) => {
        if (path === "/api/self/outside/") return { body: [] };
        if (path === "/api/self/") return asks("second_factor_setup_required", []);
        if (path === "/api/self/second-factor/setup/") return { status: 201, body: { setup: "s", secret: "ABCD", uri: "otpauth://totp/Osari:asha?secret=ABCD" } };
        return { body: { ...signedIn.body, recovery_codes: ["1234567890"] } };
    });
    show(<SignIn />, { path: "/sign-in", at: "/sign-in" });
    await typePassword();
    await screen.findByRole("img", { name: "QR code for the app" });
    await userEvent.type(screen.getByLabelText("Code of the app"), "123456");
    await userEvent.click(screen.getByRole("button", { name: "Use this app and sign in" }));
    await screen.findByText("1234567890");
    expect(screen.queryByText("elsewhere")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "I have kept them" }));
    await screen.findByText("elsewhere");
});

test("a challenge that is over begins again", async () => {
    serve(({ path }) => {
        if (path === "/api/self/outside/") return { body: [] };
        return path === "/api/self/" ? asks("second_factor_required", ["totp"]) : { status: 400, body: { code: "challenge_over" } };
    });
    show(<SignIn />, { path: "/sign-in", at: "/sign-in" });
    await typePassword();
    await userEvent.type(await screen.findByLabelText(/Code of your app/), "123456");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await userEvent.click(await screen.findByRole("button", { name: "Begin again" }));
    await screen.findByLabelText("Password");
});

test("a code on the telephone is asked for, typed, and asked for anew when it is too old", async () => {
    const log = serve(({ path }) => (path === "/api/self/code/" ? { status: 202, body: { challenge: "ch", expires_in: 600 } } : { status: 400, body: { code: "challenge_over" } }));
    show(<SignInByCode />, { path: "/sign-in/code", at: "/sign-in/code" });
    await userEvent.type(screen.getByLabelText("Mobile number"), "98450 12345");
    await userEvent.click(screen.getByRole("button", { name: "Send the code" }));
    await userEvent.type(await screen.findByLabelText("Code of the message"), "123456");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByText("This code is too old or was tried too often. Ask for a new one.");
    await userEvent.type(screen.getByLabelText("Mobile number"), "98450 12345");
    await userEvent.click(screen.getByRole("button", { name: "Send the code" }));
    await screen.findByLabelText("Code of the message");
    expect(log.filter(to("/api/self/code/"))).toHaveLength(2);
});

test("the way out to another service carries the digest of a verifier that only this window has", async () => {
    const address = new URL(await wayOut("https://shop.example/account/with/own/", "/cart"));
    const verifier = sessionStorage.getItem("outside-verifier")!;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    const expected = btoa(String.fromCharCode(...new Uint8Array(digest))).replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
    expect(verifier.length).toBeGreaterThanOrEqual(43);
    expect(address.searchParams.get("code_challenge")).toBe(expected);
    expect(address.searchParams.get("return")).toMatch(/sign-in\/back\?next=%2Fcart$/);
});

test("back from another service the code is used once, with the verifier", async () => {
    sessionStorage.setItem("outside-verifier", "v".repeat(43));
    const log = serve(() => signedIn);
    show(<SignInBack />, { path: "/sign-in/back", at: "/sign-in/back?next=/cart&code=abc" });
    await screen.findByText("elsewhere");
    expect(log.map(({ body }) => body)).toEqual([{ code: "abc", code_verifier: "v".repeat(43), cookie: true }]);
    expect(sessionStorage.getItem("outside-verifier")).toBeNull();
});

test("a code that this window did not ask for signs nobody in", async () => {
    const log = serve(() => signedIn);
    show(<SignInBack />, { path: "/sign-in/back", at: "/sign-in/back?code=somebody-elses" });
    await screen.findByText(/That sign-in did not come about/);
    expect(log).toHaveLength(0);
});

test("a forgotten password is asked for with a link to this client, and the answer tells nothing", async () => {
    const log = serve(() => ({ status: 202, body: null }));
    show(<ForgottenPassword />);
    await userEvent.type(screen.getByLabelText("E-mail"), "asha@example.com");
    await userEvent.click(screen.getByRole("button", { name: "Send the link" }));
    await screen.findByText(/If there is an account with that address/);
    expect(log[0]!.body).toEqual({ email: "asha@example.com", client: "app" });
});

test("a new password: the secret goes out of the address at once, and a refused word may be tried again", async () => {
    history.replaceState(null, "", "/new-password#secret");
    const log = serve(({ body }) =>
        (body as { new_password: string }).new_password === "password" ? { status: 400, body: { errors: { new_password: ["Too common."] } } } : { status: 204 },
    );
    show(<NewPassword />, { path: "/new-password", at: "/new-password" });
    await waitFor(() => expect(location.hash).toBe(""));
    await userEvent.type(screen.getByLabelText("New password"), "password");
    await userEvent.click(screen.getByRole("button", { name: "Save the password" }));
    await screen.findByText("Too common.");
    await userEvent.clear(screen.getByLabelText("New password"));
    await userEvent.type(screen.getByLabelText("New password"), "a longer one");
    await userEvent.click(screen.getByRole("button", { name: "Save the password" }));
    await screen.findByText("elsewhere");
    expect(log.map(({ body }) => (body as { token: string }).token)).toEqual(["secret", "secret"]);
});

test("without its secret the link says so", async () => {
    vi.stubGlobal("scrollTo", () => undefined);
    show(<NewPassword />, { path: "/new-password", at: "/new-password" });
    await screen.findByRole("link", { name: "Send a new link" });
});
