import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import type { Order as OrderBody } from "../src/api/orders";
import { signedOut } from "../src/api/session";
import Order from "../src/pages/Order";
import { statusOf, whatHappensNow } from "../src/progress";
import { orderOf } from "./orders";
import { signIn } from "./people";
import { serve } from "./server";
import { show } from "./show";

afterEach(signedOut);

const PARTS: Record<string, unknown> = { tracking: { shipments: [] }, return: { results: [] } };

function serveOrder(order: OrderBody, answer: (path: string, body: unknown) => { status?: number; body?: unknown }) {
    let now = order;
    return serve(({ method, path, body }) => {
        const part = path.split("/").filter(Boolean)[3] ?? "";
        if (method === "GET") return { body: PARTS[part] ?? now };
        const given = answer(path, body);
        if (!given.status) now = given.body as OrderBody;
        return given;
    });
}

const showOrder = () => show(<Order />, { path: "/order/:id", at: "/order/7" });

test("an order that waits for money can be paid another way: its new total stands there at once", async () => {
    const cash = orderOf({ payment: { method: "cod", status: "pending" }, total: "540.00", can_pay: false });
    const log = serveOrder(orderOf(), () => ({ body: cash }));
    showOrder();
    await userEvent.click(await screen.findByRole("button", { name: "Pay in cash on delivery instead" }));
    expect(await screen.findByText("You pay ₹540 when it comes.")).toBeVisible();
    expect(log.find(({ method }) => method === "PATCH")!.body).toEqual({ payment_method: "cod" });
});

test("a way that is refused says why and changes nothing", async () => {
    serveOrder(orderOf(), () => ({ status: 409, body: { code: "provider_not_offered", detail: "No cash to this town." } }));
    showOrder();
    await userEvent.click(await screen.findByRole("button", { name: "Pay in cash on delivery instead" }));
    expect(await screen.findByText("No cash to this town.")).toBeVisible();
    expect(screen.getByRole("heading", { name: "₹500 to pay" })).toBeVisible();
});

test("a wrong code says how many tries are left; the right one ends the asking", async () => {
    const waiting = orderOf({ payment: { method: "cod", status: "pending" }, cash_code_wanted: true });
    serveOrder(waiting, (_path, body) =>
        (body as { code: string }).code === "123456"
            ? { body: { ...waiting, cash_code_wanted: false } }
            : { status: 400, body: { code: "wrong_code", detail: "That is not the code.", tries_left: 1 } },
    );
    showOrder();
    const field = await screen.findByLabelText("The code we sent you");
    await userEvent.type(field, "000000");
    await userEvent.click(screen.getByRole("button", { name: "Confirm the order" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("That is not the code.1 try is left.");
    await userEvent.clear(field);
    await userEvent.type(field, "123 456");
    await userEvent.click(screen.getByRole("button", { name: "Confirm the order" }));
    await waitFor(() => expect(screen.queryByLabelText("The code we sent you")).toBeNull());
});

test("what the server allows is offered, whatever the status", async () => {
    serveOrder(orderOf({ can_cancel: false, can_pay: false, can_change_address: false, can_return: true }), () => ({}));
    showOrder();
    expect(await screen.findByRole("link", { name: "Send something back" })).toBeVisible();
    for (const name of ["Change the address", "Cancel"]) expect(screen.queryByText(name)).toBeNull();
    expect(screen.queryByRole("heading", { name: "₹500 to pay" })).toBeNull();
});

const PAID = orderOf({ can_pay: false, payment_status: "paid", payment: { method: "razorpay", status: "paid" } } as Partial<OrderBody>);
const gone = () => ({ body: { ...PAID, status: "cancelled" as const, can_cancel: false } });

test("whoever has an account may keep the money of a cancelled order in the shop", async () => {
    signIn();
    const log = serveOrder(PAID, gone);
    showOrder();
    await userEvent.click(await screen.findByText("Cancel"));
    expect(screen.getByRole("radio", { name: "Back the way I paid" })).toBeChecked();
    await userEvent.click(screen.getByRole("radio", { name: "Into my store credit" }));
    await userEvent.click(screen.getByRole("button", { name: "Cancel the order" }));
    await waitFor(() => expect(log.find(({ method }) => method === "POST")?.body).toEqual({ refund_to: "store_credit" }));
});

test("a guest's money goes back the way it came: nothing is asked", async () => {
    const log = serveOrder(PAID, gone);
    showOrder();
    await userEvent.click(await screen.findByText("Cancel"));
    expect(screen.queryByRole("radio")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Cancel the order" }));
    await waitFor(() => expect(log.find(({ method }) => method === "POST")?.body).toEqual({ refund_to: "source" }));
});

test.each<[Partial<OrderBody>, string, string]>([
    [{}, "Waiting for your payment", ""],
    [{ can_pay: false, payment: { method: "cod", status: "pending" } }, "Being packed", "You pay ₹500 when it comes."],
    [{ payment: { method: "cod", status: "pending" }, cash_code_wanted: true }, "Waits for your code", "Confirm it with the code we sent you."],
    [{ can_pay: false, payment: { method: "exchange", status: "pending" } }, "Being packed", "An exchange: nothing to pay."],
    [{ can_pay: false, fulfillment_status: "partial", payment_status: "paid" }, "Partly on its way", ""],
    [{ status: "cancelled", payment_status: "refund_due" }, "Cancelled", "Your ₹500 is on its way back to you."],
    [{ status: "cancelled", payment_status: "void" }, "Cancelled", "Nothing is left to pay."],
])("%j is told as %s", (change, status, now) => {
    expect([statusOf(orderOf(change)).words, whatHappensNow(orderOf(change))]).toEqual([status, now]);
});
