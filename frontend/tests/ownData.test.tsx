import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signedIn, signedOut } from "../src/api/session";
import PrivacyChoices from "../src/pages/PrivacyChoices";
import YourData from "../src/pages/YourData";
import { type Asked, serve } from "./server";
import { show } from "./show";

const access = `h.${btoa(JSON.stringify({ exp: Date.now() / 1000 + 300 }))}.s`;
const text = { purpose: "analytics", version: 2, heading: "May we count?", body: "Only if you like." };
const me = { id: 1, name: "Asha", email: "asha@example.com", has_password: true };
const to = (method: string, path: string) => (asked: Asked) => asked.method === method && asked.path.startsWith(path);

beforeEach(() => signedIn({ access, user: { id: 1, name: "Asha" } as never }));
afterEach(() => {
    signedOut();
    document.cookie = "consent=; max-age=0";
});

function serveMe(answer: (asked: Asked) => { status?: number; body?: unknown } | undefined = () => undefined) {
    return serve((asked) => {
        const found = answer(asked);
        if (found) return found;
        if (asked.path === "/api/consent/") return { body: { texts: [text], choices: [{ purpose: "analytics", given: true, version: 2, at: "2026-11-01T10:00:00Z", door: "api" }] } };
        if (to("GET", "/api/self/")(asked)) return { body: me };
        return { status: 204 };
    });
}

async function openForm() {
    await userEvent.click(await screen.findByRole("button", { name: "Close my account" }));
    await userEvent.type(await screen.findByLabelText("Your password"), "secret word");
}

test("one's data is put together once, and saved as a file", async () => {
    const made = vi.fn(() => "blob:x");
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: made }));
    const log = serveMe(({ path }) => (path === "/api/self/export/" ? { body: { profile: me } } : undefined));
    show(<YourData />);
    await screen.findByText("1 November 2026");
    await userEvent.click(screen.getByRole("button", { name: "Put my data together" }));
    const save = await screen.findByRole("link", { name: "Save the file" });
    expect([save.getAttribute("href"), save.getAttribute("download")]).toEqual(["blob:x", "my-data.json"]);
    expect(made).toHaveBeenCalledOnce();
    expect(log.filter(to("GET", "/api/self/export/"))).toHaveLength(1);
});

test("the account is closed only with a tick and the password, and nothing is asked of the server before", async () => {
    const log = serveMe(({ path }) => (path === "/api/self/confirm/" ? { status: 400, body: { errors: { password: ["This is not your password."] } } } : undefined));
    show(<YourData />);
    await openForm();
    await userEvent.click(screen.getByRole("button", { name: "Close my account for good" }));
    expect(log.some(to("POST", "/api/self/confirm/"))).toBe(false); // the browser asks for the tick
    await userEvent.click(screen.getByRole("checkbox"));
    await userEvent.click(screen.getByRole("button", { name: "Close my account for good" }));
    await screen.findByText("This is not your password.");
    expect(log.some(to("DELETE", "/api/self/"))).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Leave it as it is" }));
    expect(screen.queryByLabelText("Your password")).toBeNull();
});

test("what would lapse is said first, and a second press goes on; then nobody is signed in or counted", async () => {
    document.cookie = `consent=2.yes.${"a".repeat(32)}`;
    const log = serveMe((asked) => {
        if (!to("DELETE", "/api/self/")(asked)) return undefined;
        if (asked.path.includes("confirm=true")) return { status: 204 };
        return { status: 409, body: { code: "confirmation_needed", detail: "You lose ₹50 of store credit.", lapses: ["You lose ₹50 of store credit."] } };
    });
    show(<YourData />, { path: "/account/data", at: "/account/data" });
    await openForm();
    await userEvent.click(screen.getByRole("checkbox"));
    await userEvent.click(screen.getByRole("button", { name: "Close my account for good" }));
    await screen.findByText("You lose ₹50 of store credit.");
    await userEvent.click(screen.getByRole("button", { name: "Close my account for good" }));
    await screen.findByText("elsewhere");
    const said = log.find(to("POST", "/api/consent/"))!;
    expect(said.body).toEqual({ purpose: "analytics", given: false });
    expect(said.headers.get("Authorization")).toBeNull(); // the account is gone: its token opens nothing
    expect(log.some(to("POST", "/api/self/logout/"))).toBe(true);
});

test("who has no password is not asked for one", async () => {
    serveMe((asked) => (to("GET", "/api/self/")(asked) && asked.path === "/api/self/" ? { body: { ...me, has_password: false } } : undefined));
    show(<YourData />);
    await userEvent.click(await screen.findByRole("button", { name: "Close my account" }));
    await screen.findByRole("checkbox");
    expect(screen.queryByLabelText("Your password")).toBeNull();
});

test("the answer about counting can be changed, and says what holds", async () => {
    const log = serveMe(({ method, path, body }) => {
        if (method !== "POST" || path !== "/api/consent/") return undefined;
        const { given } = body as { given: boolean };
        document.cookie = given ? `consent=2.yes.${"b".repeat(32)}` : "consent=2.no";
        return { status: 201, body: { ...(body as object), version: 2, visitor: "" } };
    });
    show(<PrivacyChoices />);
    await screen.findByText("You have not answered yet: nothing is counted.");
    await userEvent.click(screen.getByRole("button", { name: "Count my visit" }));
    await screen.findByText("You said yes: your visits are counted under a random number.");
    await userEvent.click(screen.getByRole("button", { name: "Do not count" }));
    await screen.findByText("You said no: nothing is counted.");
    await waitFor(() => expect(log.filter(to("POST", "/api/consent/")).map(({ body }) => body)).toHaveLength(2));
});
