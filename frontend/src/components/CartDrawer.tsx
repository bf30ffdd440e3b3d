import { Link } from "react-router";
import { useCart } from "../api/cart";
import { money } from "../money";
import { t, tn } from "../words";
import { cartLines, MiniLines } from "./CartParts";
import { Drawer } from "./Drawer";
import { Icon } from "./Icon";
import { Overlay } from "./Overlay";

/** Opens when something was added: what it was, what is in the cart, where to go on. */
export function CartDrawer({ added, isOpen, close }: { added: string; isOpen: boolean; close: () => void }) {
    const { cart } = useCart();
    return (
        <Overlay>
            <Drawer label={t("In your cart")} isOpen={isOpen} close={close}>
                <div className="hd">
                    <h2>{t("In your cart")}</h2>
                    <button className="icon-btn" type="button" aria-label={t("Close cart")} onClick={close}>
                        <Icon name="x" />
                    </button>
                </div>
                <div className="scroll mini" tabIndex={0} role="group" aria-label={t("Cart lines")}>
                    {isOpen && (
                        <p className="ok with-icon small" role="status">
                            <Icon name="check" small />
                            {t("{name} added.", { name: added })}
                        </p>
                    )}
                    {cart && <MiniLines lines={cartLines(cart)} currency={cart.currency} />}
                </div>
                {cart && (
                    <div className="ft">
                        <dl className="sum">
                            <div>
                                <dt>{tn("{number} piece, incl. GST", "{number} pieces, incl. GST", cart.item_count)}</dt>
                                <dd>
                                    <b className="num">{money(cart.subtotal, cart.currency)}</b>
                                </dd>
                            </div>
                        </dl>
                        <Link className="btn wide" to="/checkout">
                            {t("Check out")}
                        </Link>
                        <Link className="btn line wide" to="/cart">
                            {t("See the cart")}
                        </Link>
                    </div>
                )}
            </Drawer>
        </Overlay>
    );
}
