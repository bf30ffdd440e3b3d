import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import Orders from "../src/pages/Orders";
import { orderOf } from "./orders";
import { serve } from "./server";
import { show } from "./show";

test("older orders come when they are asked for, until there are none", async () => {
    const log = serve(({ path }) => {
        const isSecond = path.includes("page=2");
        const results = [orderOf(isSecond ? { id: 1, number: "OS-1" } : { id: 7 })];
        return { body: { count: 2, next: isSecond ? null : "/api/order/?page=2", results } };
    });
    show(<Orders />);
    expect(await screen.findByRole("heading", { name: "OS-7" })).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Older orders" }));
    expect(await screen.findByRole("heading", { name: "OS-1" })).toBeVisible();
    expect(screen.getByRole("heading", { name: "OS-7" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Older orders" })).toBeNull();
    expect(log.map(({ path }) => path)).toEqual(["/api/order/?page=1", "/api/order/?page=2"]);
});

test("one that waits for money leads to paying; the others can be bought again", async () => {
    const paid = orderOf({ id: 3, number: "OS-3", can_pay: false });
    const log = serve(({ method }) =>
        method === "POST"
            ? { body: { added: 0, not_available: [], cart: {} } }
            : { body: { count: 2, next: null, results: [orderOf(), paid] } },
    );
    show(<Orders />);
    expect(await screen.findByRole("link", { name: "Pay now OS-7" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Buy it again OS-7" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Buy it again OS-3" }));
    expect(log.some(({ method, path }) => method === "POST" && path === "/api/order/3/buy-again/")).toBe(true);
});
