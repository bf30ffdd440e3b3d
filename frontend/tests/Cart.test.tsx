import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import Cart from "../src/pages/Cart";
import { cartOf } from "./carts";
import { serve } from "./server";

function show() {
    render(
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
            <MemoryRouter>
                <Cart />
            </MemoryRouter>
        </QueryClientProvider>,
    );
}

const quantity = () => screen.findByRole("textbox", { name: "Quantity of Piece 1" });

test("a change shows before the server has answered, and goes back when it refuses", async () => {
    let refuse = (_: unknown) => {};
    serve(({ method, path }) => {
        if (path === "/api/cart/saved/") return { body: [] };
        if (method === "GET") return { body: cartOf([1, 1, "549.00"]) };
        return new Promise((resolve) => {
            refuse = () => resolve({ status: 409, body: { code: "out_of_stock", available: 1 } });
        });
    });
    show();
    const field = await quantity();
    await userEvent.click(screen.getByRole("button", { name: "One more" }));
    expect(field).toHaveValue("2");
    expect(screen.getByText("₹1,147")).toBeVisible(); // 2 × 549 and delivery
    refuse(null);
    await waitFor(() => expect(field).toHaveValue("1"));
    expect(screen.getByText("₹598")).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent("Only 1 left. Nothing was changed.");
});

test("the stepper ends at what an order may hold, and a cart above it is told so", async () => {
    const cart = cartOf([1, 2, "549.00"]);
    cart.items[0]!.max_quantity = 2;
    cart.warnings = [{ code: "quantity_limit", item_id: 1, sku: "OS-1", name: "Piece 1", requested: 3, max_quantity: 2 }];
    serve(({ path }) => ({ body: path === "/api/cart/saved/" ? [] : cart }));
    show();
    expect(await quantity()).toHaveValue("2");
    expect(screen.getByRole("button", { name: "One more" })).toBeDisabled();
    expect(screen.getByText(/At most 2 in an order\. Take fewer to go on\./)).toBeVisible();
});

test("of two changes only the refused one goes back", async () => {
    let lines: [number, number, string][] = [[1, 1, "100.00"], [2, 1, "10.00"]];
    const release: (() => void)[] = [];
    const log = serve(async ({ method, path }) => {
        if (path === "/api/cart/saved/") return { body: [] };
        if (method === "GET") return { body: cartOf(...lines) };
        await new Promise<void>((resolve) => release.push(resolve));
        if (path.endsWith("/1/")) return { status: 409, body: { code: "out_of_stock", available: 1 } };
        lines = [[1, 1, "100.00"]];
        return { status: 204 };
    });
    show();
    const field = await quantity();
    await userEvent.click(screen.getAllByRole("button", { name: "One more" })[0]!);
    await userEvent.click(screen.getByRole("button", { name: "Remove Piece 2" }));
    expect(field).toHaveValue("2");
    expect(screen.queryByRole("textbox", { name: "Quantity of Piece 2" })).toBeNull();
    expect(log.filter(({ method }) => method !== "GET")).toHaveLength(1); // one after another
    release.shift()!();
    await waitFor(() => expect(field).toHaveValue("1"));
    expect(screen.queryByRole("textbox", { name: "Quantity of Piece 2" })).toBeNull();
    await waitFor(() => expect(release).toHaveLength(1));
    release.shift()!();
    await waitFor(() => expect(log.filter(({ method, path }) => method === "GET" && path === "/api/cart/").length).toBeGreaterThan(2));
    expect(screen.queryByRole("textbox", { name: "Quantity of Piece 2" })).toBeNull();
});

test("without a connection the change goes back and says why", async () => {
    serve(({ method, path }) => {
        if (path === "/api/cart/saved/") return { body: [] };
        if (method === "GET") return { body: cartOf([1, 1, "549.00"]) };
        throw new TypeError("Failed to fetch");
    });
    show();
    const field = await quantity();
    await userEvent.click(screen.getByRole("button", { name: "One more" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("No answer came from the shop.");
    await waitFor(() => expect(field).toHaveValue("1"));
});
