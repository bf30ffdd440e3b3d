/** Where an order stands, told as steps: what is done, what is now, what comes next. */
import type { Order } from "./api/orders";
import { day, t } from "./words";

export type Progress = { title: string; text: string; state: "done" | "now" | "next" };

export function statusWords(order: Order): string {
    const words: Record<Order["status"], string> = {
        pending: order.payment.method === "cod" ? t("On the packing table") : t("Waiting for your payment"),
        paid: t("On the packing table"),
        shipped: t("On its way"),
        delivered: t("Delivered"),
        returned: t("Sent back"),
        cancelled: t("Cancelled"),
    };
    return words[order.status];
}

export function progressOf(order: Order): Progress[] {
    const at = (event: string) => order.timeline.find((entry) => entry.event === event)?.at;
    if (order.status === "cancelled") return ended(order, "cancelled", t("Cancelled"));
    if (order.status === "returned") return ended(order, "returned", t("Sent back"));
    const steps: [string, string][] = [["placed", t("Ordered")]];
    if (order.payment.method !== "cod") steps.push(["paid", t("Paid")]);
    steps.push(["shipped", t("On its way")], ["delivered", t("Delivered")]);
    const now = steps.findIndex(([event]) => !at(event));
    return steps.map(([event, title], index) => ({
        title,
        text: at(event) ? day(at(event)!) : index === now ? t("This comes next.") : "",
        state: at(event) ? "done" : index === now ? "now" : "next",
    }));
}

function ended(order: Order, event: string, title: string): Progress[] {
    const at = order.timeline.findLast((entry) => entry.event === event)?.at;
    return [
        { title: t("Ordered"), text: day(order.placed_at), state: "done" },
        { title, text: at ? day(at) : "", state: "now" },
    ];
}
