import toast from "react-hot-toast/headless";
import { useNavigate } from "react-router";
import { type Order, useBuyAgain } from "../../api/orders";
import { t } from "../../words";
import { Alert } from "../Trouble";

/** What of it can still be had goes into the cart; the rest is named. */
export function BuyAgain({ order }: { order: Order }) {
    const again = useBuyAgain(order.id);
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
                <span className="sr"> {order.number}</span>
            </button>
            <Alert error={again.error} />
        </>
    );
}
