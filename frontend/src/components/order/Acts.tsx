import { Link } from "react-router";
import { isCash, type Order, useCancel, usePayOtherwise } from "../../api/orders";
import { pay } from "../../api/payments";
import { t } from "../../words";
import { Alert } from "../Trouble";
import { BuyAgain } from "./BuyAgain";
import { OtherWays } from "./PayAgain";
import { isPaidByMoney, refundTo, WhereTo } from "./WhereTo";

export function Acts({ order, refetch }: { order: Order; refetch: () => void }) {
    return (
        <div className="acts-row">
            {order.can_return && (
                <Link className="btn line" to={`/order/${order.id}/return`}>
                    {t("Send something back")}
                </Link>
            )}
            {!order.can_pay && !order.cash_code_wanted && <BuyAgain order={order} />}
            <PayAhead order={order} refetch={refetch} />
            {order.can_cancel && <Cancel order={order} />}
        </div>
    );
}

function Cancel({ order }: { order: Order }) {
    const cancel = useCancel(order.id);
    return (
        <details className="cancel">
            <summary className="link plain">{t("Cancel")}</summary>
            <form
                className="panel stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    cancel.mutate(refundTo(new FormData(event.currentTarget)));
                }}
            >
                <p className="small">{t("The pieces go back to the shelf and what was paid comes back to you.")}</p>
                {isPaidByMoney(order) && <WhereTo />}
                <Alert error={cancel.error} />
                <button className="btn line" disabled={cancel.isPending}>
                    {t("Cancel the order")}
                </button>
            </form>
        </details>
    );
}

/** A cash order can be paid ahead all the same, while it has not left. */
function PayAhead({ order, refetch }: { order: Order; refetch: () => void }) {
    const otherwise = usePayOtherwise(order.id);
    if (!isCash(order) || !order.can_cancel || order.payment_status !== "pending") return null;
    return (
        <>
            <OtherWays
                order={order}
                isBusy={otherwise.isPending}
                take={(method) =>
                    otherwise.mutate(method, { onSuccess: (changed) => void pay(changed).catch(() => null).then(refetch) })
                }
            />
            <Alert error={otherwise.error} />
        </>
    );
}
