import toast from "react-hot-toast/headless";
import { Link, useNavigate } from "react-router";
import { isCash, type Order, useBuyAgain, useCancel, usePayOtherwise } from "../../api/orders";
import { pay } from "../../api/payments";
import { t } from "../../words";
import { Alert } from "../Trouble";
import { OtherWays } from "./PayAgain";

export function Acts({ order, refetch }: { order: Order; refetch: () => void }) {
    const cancel = useCancel(order.id);
    return (
        <div className="acts-row">
            {order.can_return && (
                <Link className="btn line" to={`/order/${order.id}/return`}>
                    {t("Send something back")}
                </Link>
            )}
            {!order.can_pay && !order.cash_code_wanted && <BuyAgain id={order.id} />}
            <PayAhead order={order} refetch={refetch} />
            {order.can_cancel && (
                <details className="cancel">
                    <summary className="link plain">{t("Cancel")}</summary>
                    <div className="panel stack">
                        <p className="small">{t("The pieces go back to the shelf and what was paid comes back to you.")}</p>
                        <button type="button" className="btn line" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
                            {t("Cancel the order")}
                        </button>
                    </div>
                </details>
            )}
            <Alert error={cancel.error} />
        </div>
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

function BuyAgain({ id }: { id: number }) {
    const again = useBuyAgain(id);
    const goTo = useNavigate();
    const buy = () =>
        again.mutate(undefined, {
            onSuccess: ({ added, not_available }) => {
                if (added > 0) goTo("/cart");
                const gone = not_available.map(({ name }) => name).join(", ");
                if (gone) toast(t("Not to be had now: {names}.", { names: gone }));
            },
        });
    return (
        <>
            <button type="button" className="btn line" aria-disabled={again.isPending} onClick={() => again.isPending || buy()}>
                {t("Buy it again")}
            </button>
            <Alert error={again.error} />
        </>
    );
}
