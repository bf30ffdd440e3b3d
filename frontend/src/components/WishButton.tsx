import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { useChangeWishes, useWishes } from "../api/lists";
import { useUser } from "../api/session";
import { t } from "../words";
import { Icon } from "./Icon";
import { Alert } from "./Trouble";

/** Keeps a piece on the list, or takes it off; the heart fills at once and empties again when the shop refuses. */
export function WishButton({ product }: { product: Schemas["ProductCard"] }) {
    const user = useUser();
    const wish = useWishes().data?.find(({ product_id }) => product_id === product.id);
    const change = useChangeWishes();
    if (!user)
        return (
            <Link className="link plain small with-icon" to={`/sign-in?next=${encodeURIComponent(product.url)}`}>
                <Icon name="heart" small /> {t("Keep it on your list")}
            </Link>
        );
    return (
        <>
            <button
                type="button"
                className="link-button small with-icon wish-button"
                aria-pressed={Boolean(wish)}
                onClick={() => change.mutate(wish ? { kind: "drop", id: wish.id } : { kind: "keep", product })}
            >
                <Icon name="heart" small /> {wish ? t("On your list") : t("Keep it on your list")}
            </button>
            <Alert error={change.error} />
        </>
    );
}
