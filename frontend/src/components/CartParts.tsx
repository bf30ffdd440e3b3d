import type { Cart } from "../api/changeCart";
import { money } from "../money";
import { t, tn } from "../words";

type Sums = { subtotal: string; discount: string; shipping: string; tax: string; total: string; currency: string; price_includes_tax: boolean; store_credit?: string };

export function Sums({ of, count, label, delivery = true }: { of: Sums; count: number; label: string; delivery?: boolean }) {
    const shown = (amount: string) => money(amount, of.currency);
    const isFree = Number(of.shipping) === 0;
    return (
        <>
            <dl className="sum">
                <div>
                    <dt>{tn("{number} piece", "{number} pieces", count)}</dt>
                    <dd>{shown(of.subtotal)}</dd>
                </div>
                {Number(of.discount) > 0 && (
                    <div>
                        <dt>{t("Discount")}</dt>
                        <dd className="ok">−{shown(of.discount)}</dd>
                    </div>
                )}
                {delivery && (
                    <div>
                        <dt>{t("Delivery")}</dt>
                        <dd className={isFree ? "ok" : undefined}>{isFree ? t("Free") : shown(of.shipping)}</dd>
                    </div>
                )}
                {!of.price_includes_tax && (
                    <div>
                        <dt>{t("Tax")}</dt>
                        <dd>{shown(of.tax)}</dd>
                    </div>
                )}
                <div className="total">
                    <dt>{label}</dt>
                    <dd>{shown(of.total)}</dd>
                </div>
                {Number(of.store_credit ?? 0) > 0 && (
                    <div>
                        <dt>{t("Of that by store credit")}</dt>
                        <dd className="ok">{shown(of.store_credit!)}</dd>
                    </div>
                )}
            </dl>
            {of.price_includes_tax && <p className="tiny muted">{t("Includes {tax} GST.", { tax: shown(of.tax) })}</p>}
        </>
    );
}

type Line = { id: number; name: string; options_text: string; quantity: number; image: string; total: string };

export function MiniLines({ lines, currency }: { lines: Line[]; currency: string }) {
    return lines.map((line) => (
        <div className="item" key={line.id}>
            <div className="tile">
                {line.image && <img src={line.image} alt="" width="64" height="64" loading="lazy" />}
                <span className="count num">
                    {line.quantity}
                    <span className="sr"> {t("pieces")}</span>
                </span>
            </div>
            <div>
                <h3>{line.name}</h3>
                <p className="tiny muted">{line.options_text}</p>
            </div>
            <div className="cost">
                <p className="price">
                    <b>{money(line.total, currency)}</b>
                </p>
            </div>
        </div>
    ));
}

export function cartLines(cart: Cart): Line[] {
    return cart.items.map((item) => ({
        id: item.id,
        name: item.name,
        options_text: item.options_text,
        quantity: item.quantity,
        image: pictureOf(item.image),
        total: item.line_total ?? "",
    }));
}

export function pictureOf(image: unknown): string {
    if (typeof image === "string") return image;
    return (image as { url?: string } | null)?.url ?? "";
}

type Warning = { code: string; item_id: number; name: string; available?: number; max_quantity?: number; shown?: string; now?: string };

/** What changed since the cart was last shown: told above its lines, never silently. */
export function Warnings({ cart }: { cart: Cart }) {
    return (cart.warnings as Warning[]).map((warning) => (
        <p className="note small" role="status" key={warning.code + warning.item_id}>
            <b>{warning.name}:</b> {warningText(warning, cart.currency)}
        </p>
    ));
}

function warningText(warning: Warning, currency: string): string {
    if (warning.code === "out_of_stock")
        return warning.available
            ? t("Only {number} left. Take fewer to go on.", { number: warning.available })
            : t("Sold out. Take it out to go on.");
    if (warning.code === "quantity_limit")
        return t("At most {number} in an order. Take fewer to go on.", { number: warning.max_quantity ?? 0 });
    if (warning.code === "price_changed")
        return t("It was {shown} when you put it in. It is {now} now.", {
            shown: money(warning.shown, currency),
            now: money(warning.now, currency),
        });
    return t("It is not for sale now. Take it out to go on.");
}
