import { useOnline } from "../../api/online";
import { toldOfLostOrder } from "../../api/problem";
import { t } from "../../words";
import { FocusedTitle } from "../FocusedTitle";
import { Page } from "../Page";

/** The order was sent and nothing came back. It may stand: so neither “ordered” nor “not ordered” is said. */
export function LostAnswer({ ask, isBusy }: { ask: () => void; isBusy: boolean }) {
    const isOnline = useOnline();
    return (
        <Page title={t("Checkout")}>
            <div className="empty" aria-busy={isBusy}>
                <FocusedTitle>{t("We do not know yet whether your order came through")}</FocusedTitle>
                <p role="status">{toldOfLostOrder(isOnline)}</p>
                <button type="button" className="btn" aria-disabled={isBusy} onClick={() => !isBusy && ask()}>
                    {t("Ask now")}
                </button>
            </div>
        </Page>
    );
}
