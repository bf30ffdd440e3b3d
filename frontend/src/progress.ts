/** Where an order stands, told as steps: what is done, what is now, what comes next. */
import { isCash, isExchange, type Order } from "./api/orders";
import { afterCredit, money } from "./money";
import { day, t } from "./words";

export type Progress = { title: string; text: string; state: "done" | "now" | "next" };

/** Its word and the color of it, as the rendered pages say them. */
export function statusOf(order: Order): { words: string; tone: "good" | "trouble" | "" } {
    if (order.cash_code_wanted) return { words: t("Waits for your code"), tone: "trouble" };
    if (order.status === "pending" && order.can_pay) return { words: t("Waiting for your payment"), tone: "trouble" };
    if (order.fulfillment_status === "partial") return { words: t("Partly on its way"), tone: "good" };
    if (order.status === "cancelled") return { words: t("Cancelled"), tone: "" };
    if (order.status === "returned") return { words: t("Returned"), tone: "" };
    const words = { pending: t("Being packed"), paid: t("Being packed"), shipped: t("On its way"), delivered: t("Delivered") };
    return { words: words[order.status], tone: "good" };
}

/** One line on the money, or on what its buyer has to do first. */
export function whatHappensNow(order: Order): string {
    const total = money(afterCredit(order.total, order.store_credit, order.currency), order.currency);
    if (order.status === "cancelled") return cancelled(order, total);
    if (order.cash_code_wanted) return t("Confirm it with the code we sent you.");
    if (isExchange(order)) return t("An exchange: nothing to pay.");
    if (order.payment_status === "refund_due") return t("Your money is on its way back to you.");
    if (isCash(order) && order.payment_status === "pending") return t("You pay {total} when it comes.", { total });
    return "";
}

function cancelled(order: Order, total: string): string {
    if (order.payment_status === "refund_due") return t("Your {total} is on its way back to you.", { total });
    if (order.payment_status === "refunded") return t("Your {total} has gone back to you.", { total });
    return t("Nothing is left to pay.");
}

export function progressOf(order: Order): Progress[] {
    const at = (event: string) => order.timeline.find((entry) => entry.event === event)?.at;
    if (order.status === "cancelled") return ended(order, "cancelled", t("Cancelled"));
    if (order.status === "returned") return ended(order, "returned", t("Sent back"));
    const steps: [string, string][] = [["placed", t("Ordered")]];
    if (!isCash(order) && !isExchange(order)) steps.push(["paid", t("Paid")]);
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
