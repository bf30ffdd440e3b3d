import { render, screen, waitFor } from "@testing-library/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { count, useCount, visitor } from "../src/api/consent";
import { Consent } from "../src/components/Consent";
import { serve } from "./server";

const id = "0123456789abcdef0123456789abcdef";
const text = { purpose: "analytics", version: 2, heading: "May we count?", body: "Under a random number." };
const beacon = vi.fn(() => true);
const forget = () => void (document.cookie = "consent=; max-age=0");

afterEach(() => {
    forget();
    beacon.mockClear();
});

function View() {
    useCount("view", "product_id", 7);
    return <Consent />;
}

function open() {
    navigator.sendBeacon = beacon;
    const log = serve(({ method, body }) => {
        if (method === "GET") return { body: { texts: [text], choices: [] } };
        document.cookie = (body as { given: boolean }).given ? `consent=2.yes.${id}` : "consent=2.no";
        return { status: 201, body: {} };
    });
    render(
        <QueryClientProvider client={new QueryClient()}>
            <View />
        </QueryClientProvider>,
    );
    return log;
}

test("nothing is counted before a yes; then what is being looked at is, once", async () => {
    const log = open();
    await screen.findByRole("heading", { name: "May we count?" });
    count("add", { product_id: 7, quantity: 1 });
    expect(beacon).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Count my visit" }));
    await waitFor(() => expect(screen.queryByRole("heading")).toBeNull());
    expect(log[1]!.body).toEqual({ purpose: "analytics", given: true });
    expect(visitor()).toBe(id);
    expect(beacon).toHaveBeenCalledTimes(1);
    count("add", { product_id: 7, quantity: 1 });
    expect(beacon).toHaveBeenCalledTimes(2);
});

test("a no is kept, and nothing is ever sent", async () => {
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Do not count" }));
    await waitFor(() => expect(screen.queryByRole("heading")).toBeNull());
    count("begin");
    expect(beacon).not.toHaveBeenCalled();
    expect(visitor()).toBe("");
});

test("an answer to an older wording is asked for again, and a yes to it still counts", async () => {
    document.cookie = `consent=1.yes.${id}`;
    open();
    await screen.findByRole("heading", { name: "May we count?" });
    expect(beacon).toHaveBeenCalledTimes(1);
});
