/** Money goes through the gateway's own window or page; here it is only begun and its answer brought to the shop. */
import { shopFacts } from "../preferences";
import { t } from "../words";
import { api, body } from "./client";
import type { Order } from "./orders";
import { asProblem } from "./problem";

type Told = { kind: "paid"; result: Result } | { kind: "failed"; reason: string } | { kind: "left" };
type Result = { razorpay_payment_id: string; razorpay_order_id: string; razorpay_signature: string };
export type Outcome = { kind: "paid" | "waiting" | "unknown" } | { kind: "failed"; reason: string } | { kind: "left" };

/** Cash needs nothing more. Razorpay asks in its window, Stripe on its page, which comes back to the order's. */
export async function pay(order: Order): Promise<Outcome> {
    if (order.payment.method === "razorpay") return payWithRazorpay(order);
    if (order.payment.method === "stripe") return goToStripe(order);
    return { kind: "waiting" };
}

async function payWithRazorpay(order: Order): Promise<Outcome> {
    const started = await body(
        api.POST("/api/payment/create-razorpay-order/", {
            params: { header: { "Idempotency-Key": crypto.randomUUID() } },
            body: { order_id: order.id },
        }),
    );
    const told = await inPayWindow({
        key: started.key_id,
        order_id: started.razorpay_order_id,
        amount: started.amount,
        currency: started.currency,
        prefill: started.prefill,
        name: shopFacts().name,
        description: t("Order {number}", { number: order.number }),
        theme: { color: "#1f2a5c" },
    });
    if (told.kind !== "paid") return told;
    try {
        return { kind: (await bring(order, told.result)) === "paid" ? "paid" : "waiting" };
    } catch (error) {
        const { status } = asProblem(error);
        if (status === 0 || status >= 500) return { kind: "unknown" }; // money has moved: nobody is to pay twice
        throw error;
    }
}

async function bring(order: Order, result: Result): Promise<string> {
    const { razorpay_payment_id: payment_id, razorpay_order_id, razorpay_signature } = result;
    const params = { header: { "Idempotency-Key": crypto.randomUUID() } };
    const told = { order_id: order.id, payment_method: "razorpay" as const, payment_id, razorpay_order_id, razorpay_signature };
    return (await body(api.POST("/api/payment/create/", { params, body: told }))).status;
}

async function goToStripe(order: Order): Promise<Outcome> {
    const params = { header: { "Idempotency-Key": crypto.randomUUID() } };
    const asked = { order_id: order.id, return_url: `/app/order/${order.id}` };
    const { url } = await body(api.POST("/api/payment/create-stripe-session/", { params, body: asked }));
    location.assign(url);
    return new Promise(() => undefined);
}

/**
 * The gateway's script runs in a document of its own (/app/pay-window/): only there does the policy allow it. A
 * failed try keeps the gateway's window open for the next one, so only paid and left end it.
 */
function inPayWindow(options: object): Promise<Told> {
    const frame = document.createElement("iframe");
    frame.className = "pay-frame";
    frame.title = t("Payment");
    frame.allow = "payment";
    frame.src = "/app/pay-window/";
    let failure: Told | null = null;
    return new Promise((resolve) => {
        const listen = ({ origin, source, data }: MessageEvent) => {
            if (origin !== location.origin || source !== frame.contentWindow || data?.from !== "pay-window") return;
            if (data.kind === "ready") return frame.contentWindow?.postMessage({ kind: "open", options }, location.origin);
            if (data.kind === "failed" && data.reason) failure = data;
            else {
                window.removeEventListener("message", listen);
                frame.remove();
                resolve(data.kind === "left" && failure ? failure : data);
            }
        };
        window.addEventListener("message", listen);
        document.body.append(frame);
    });
}
