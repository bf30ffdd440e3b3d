import { afterEach, expect, test, vi } from "vitest";
import { pay } from "../src/api/payments";
import { orderOf } from "./orders";
import { serve } from "./server";

afterEach(() => document.head.querySelector("meta[name=shop]")?.remove());

const STARTED = { key_id: "k", razorpay_order_id: "order_1", amount: 50000, currency: "INR", prefill: {} };
const RESULT = { razorpay_payment_id: "pay_1", razorpay_order_id: "order_1", razorpay_signature: "s" };

/** The gateway's window, as /app/pay-window/ speaks for it. Answers what it was opened with. */
async function inItsWindow(end: object): Promise<Record<string, unknown>> {
    const frame = await vi.waitUntil(() => document.querySelector<HTMLIFrameElement>("iframe.pay-frame"));
    const post = vi.spyOn(frame.contentWindow!, "postMessage").mockImplementation(() => undefined);
    const say = (data: object) =>
        window.dispatchEvent(
            new MessageEvent("message", { origin: location.origin, source: frame.contentWindow, data: { from: "pay-window", ...data } }),
        );
    say({ kind: "ready" });
    say(end);
    return (post.mock.calls[0]![0] as { options: Record<string, unknown> }).options;
}

test("the window for paying names the shop, not ours", async () => {
    document.head.insertAdjacentHTML("beforeend", `<meta name="shop" content='{"name": "Kiln & Co"}'>`);
    serve(() => ({ body: STARTED }));
    const outcome = pay(orderOf());
    expect(await inItsWindow({ kind: "left" })).toMatchObject({ name: "Kiln & Co", order_id: "order_1", amount: 50000 });
    expect(await outcome).toMatchObject({ kind: "left" });
});

test("money that moved while the shop did not answer is neither paid nor lost", async () => {
    serve(({ path }) => {
        if (path === "/api/payment/create/") throw new TypeError("Failed to fetch");
        return { body: STARTED };
    });
    const outcome = pay(orderOf());
    await inItsWindow({ kind: "paid", result: RESULT });
    expect(await outcome).toEqual({ kind: "unknown" });
});
