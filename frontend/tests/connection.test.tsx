import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { api, body } from "../src/api/client";
import { heard } from "../src/api/online";
import { Connection } from "../src/components/Connection";
import { Boundary } from "../src/components/Trouble";
import { serve } from "./server";

afterEach(() => heard(true));

function Shown() {
    const { data } = useQuery({ queryKey: ["shown"], retry: false, queryFn: () => body(api.GET("/api/cart/")) });
    return <b>{(data as { item_count?: number } | undefined)?.item_count}</b>;
}

test("a shop that falls silent is told of until it answers, and what is shown is read anew", async () => {
    let isUp = true;
    serve(() => {
        if (!isUp) throw new TypeError("Failed to fetch");
        return { body: { item_count: isUp ? 3 : 0 } };
    });
    render(
        <QueryClientProvider client={new QueryClient()}>
            <Connection />
            <Shown />
        </QueryClientProvider>,
    );
    expect(await screen.findByText("3")).toBeVisible();
    isUp = false;
    const call = () => api.GET("/api/cart/").catch(() => undefined);
    await act(call);
    expect(screen.queryByText(/does not answer/)).toBeNull(); // one may be lost on the way
    await act(call);
    expect(screen.getByRole("status")).toHaveTextContent("The shop does not answer.");
    expect(screen.getByText("3")).toBeVisible();
    isUp = true;
    await userEvent.click(screen.getByRole("button", { name: "Ask now" }));
    await waitFor(() => expect(screen.queryByText(/does not answer/)).toBeNull());
});

test("what was given up here says nothing of the shop", async () => {
    serve(() => {
        throw new DOMException("given up", "AbortError");
    });
    render(
        <QueryClientProvider client={new QueryClient()}>
            <Connection />
        </QueryClientProvider>,
    );
    for (const _ of [1, 2, 3]) await act(() => api.GET("/api/cart/").catch(() => undefined) as Promise<undefined>);
    expect(screen.queryByRole("status")).toBeNull();
});

function Missing(): never {
    throw new TypeError("Failed to fetch dynamically imported module: /app/assets/Cart-0.js");
}

test("a part of an older release is gone: the window begins anew, once, and then says so", () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const reload = vi.fn();
    vi.stubGlobal("location", { ...location, reload });
    const open = () =>
        render(
            <Boundary resetKey="/cart">
                <Missing />
            </Boundary>,
        );
    open().unmount();
    open();
    expect(reload).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("alert")).toHaveTextContent("No answer came from the shop.");
    vi.unstubAllGlobals();
});
