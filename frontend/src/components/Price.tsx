import { t } from "../words";

type Priced = { price_text: string; compare_at_text: string; percent_off: number | null };

/** The server has written the amounts out in the shopper's language: `₹1,299`, was, and how much off. */
export function Price({ of, from = false }: { of: Priced; from?: boolean }) {
    if (!of.price_text) return <span className="muted">{t("No price yet")}</span>;
    if (from) {
        const [before = "", after = ""] = t("from {price}").split("{price}");
        return (
            <span className="from">
                {before}
                <b>{of.price_text}</b>
                {after}
            </span>
        );
    }
    if (!of.compare_at_text)
        return (
            <>
                <span className="sr">{t("Price")} </span>
                <b>{of.price_text}</b>
            </>
        );
    return (
        <>
            <span className="sr">{t("Now")} </span>
            <b>{of.price_text}</b> <span className="sr">{t("was")} </span>
            <s>{of.compare_at_text}</s>
            {of.percent_off ? <em>{t("{percent}% off", { percent: of.percent_off })}</em> : null}
        </>
    );
}
