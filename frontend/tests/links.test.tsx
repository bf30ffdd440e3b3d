import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { wayToLink } from "../src/api/outside";
import { Links } from "../src/components/security/Links";
import { useFresh } from "../src/components/security/fresh";
import LinkBack from "../src/pages/LinkBack";
import { type Asked, serve } from "./server";
import { show } from "./show";

const google = { id: "google", name: "Google", start: "http://shop/account/with/google/" };
const acme = { id: "acme", name: "Acme", start: "http://shop/account/with/acme/" };
const linked = { id: "google", name: "Google", linked_at: "2026-11-01T10:00:00Z" };

afterEach(() => sessionStorage.clear());

function WithProof() {
    const { act, proof } = useFresh();
    return proof || <Links act={act} />;
}

function serveLinks(answer: (asked: Asked) => { status?: number; body?: unknown } | undefined, kept: unknown[] = [linked]) {
    return serve((asked) => {
        const found = answer(asked);
        if (found) return found;
        if (asked.path === "/api/self/outside/linked/") return { body: { results: kept } };
        if (asked.path === "/api/self/outside/") return { body: [google, acme] };
        return { status: 204 };
    });
}

test("what is linked can be taken away, the others linked; a fresh sign-in comes first", async () => {
    let isFresh = false;
    const log = serveLinks(({ method, path }) => {
        if (path === "/api/self/confirm/") isFresh = true;
        return method === "DELETE" && !isFresh ? { status: 403, body: { code: "confirmation_needed" } } : undefined;
    });
    show(<WithProof />);
    await screen.findByText("Since 1 November 2026");
    expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Take it away: Google", "Link Acme"]);
    await userEvent.click(screen.getByRole("button", { name: /Take it away/ }));
    await userEvent.type(await screen.findByLabelText("Password now"), "secret word");
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    await waitFor(() => expect(log.filter(({ method, path }) => method === "DELETE" && path === "/api/self/outside/google/")).toHaveLength(2));
});

test("the only way in stays, and says why", async () => {
    serveLinks(({ method }) => (method === "DELETE" ? { status: 409, body: { code: "no_other_way_in", detail: "Choose a password first." } } : undefined));
    show(<WithProof />);
    await userEvent.click(await screen.findByRole("button", { name: /Take it away/ }));
    await screen.findByText("Choose a password first.");
});

test("where nothing is offered and nothing linked, nothing stands", async () => {
    const log = serve(({ path }) => ({ body: path === "/api/self/outside/" ? [] : { results: [] } }));
    show(<WithProof />);
    await waitFor(() => expect(log).toHaveLength(2));
    expect(screen.queryByRole("heading")).toBeNull();
});

test("back with a code: the same is sent again after the proof, once for each try", async () => {
    const way = new URL(await wayToLink(acme.start));
    expect([way.searchParams.get("link"), way.searchParams.get("return")]).toEqual(["1", "/account/security/linked"]);
    const verifier = sessionStorage.getItem("outside-verifier")!;
    let isFresh = false;
    const log = serveLinks(({ method, path }) => {
        if (path === "/api/self/confirm/") isFresh = true;
        if (method !== "POST" || path !== "/api/self/outside/linked/") return undefined;
        return isFresh ? { status: 204 } : { status: 403, body: { code: "confirmation_needed" } };
    });
    show(<LinkBack />, { path: "/account/security/linked", at: "/account/security/linked?code=c-1" });
    await userEvent.type(await screen.findByLabelText("Password now"), "secret word");
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    await screen.findByText("elsewhere");
    const sent = log.filter(({ method, path }) => method === "POST" && path === "/api/self/outside/linked/");
    expect(sent.map(({ body }) => body)).toEqual([1, 2].map(() => ({ code: "c-1", code_verifier: verifier })));
});

test.each([
    ["?error=outside_failed", "That did not come about, and nothing was linked. Try again."],
    ["?error=unavailable", "The service does not answer. Try again later."],
    ["?code=of-a-stranger", "That did not come about, and nothing was linked. Try again."],
])("back with %s", async (query, said) => {
    const log = serveLinks(() => undefined);
    show(<LinkBack />, { path: "/", at: `/${query}` });
    await screen.findByText(said);
    expect(log.some(({ method }) => method === "POST")).toBe(false); // no verifier in this window: nothing is sent
});
