import type { Order, RefundTo } from "../../api/orders";
import { useUser } from "../../api/session";
import { t } from "../../words";
import { ChoiceField } from "../Field";

/** Where the money goes back to: whoever has an account may keep it in the shop. Nothing is asked of guests. */
export function WhereTo() {
    if (!useUser()) return null;
    return (
        <ChoiceField
            name="refund_to"
            legend={t("Where should the money go?")}
            defaultValue="source"
            choices={[
                ["source", t("Back the way I paid")],
                ["store_credit", t("Into my store credit")],
            ]}
        />
    );
}

export const refundTo = (form: FormData): RefundTo => (form.get("refund_to") === "store_credit" ? "store_credit" : "source");

/** Store credit goes back as credit by itself: there is a choice where something else was paid. */
export const isPaidByMoney = (order: Order) => order.payment_status === "paid" && Number(order.total) > Number(order.store_credit);
