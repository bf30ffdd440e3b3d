import { Link } from "react-router";
import type { Order } from "../../api/orders";
import { t } from "../../words";

/** Beside the title of what is done with an order: which one, and the way back to it. */
export function OfOrder({ order }: { order: Order | undefined }) {
    if (!order) return null;
    return (
        <p className="small muted">
            {t("Order")}{" "}
            <Link className="link" to={`/order/${order.id}`}>
                {order.number}
            </Link>
        </p>
    );
}
