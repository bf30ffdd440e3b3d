import { useChangeSaved, useSaved } from "../api/lists";
import { money } from "../money";
import { t, tn } from "../words";
import { pictureOf } from "./CartParts";
import { PlaceLink } from "./PlaceLink";
import { Alert } from "./Trouble";

/** Below the cart: what was put aside for later. */
export function SavedLines() {
    const { data } = useSaved();
    const change = useChangeSaved();
    if (!data || data.length === 0) return null;
    return (
        <section className="section" aria-labelledby="saved">
            <div className="head">
                <h2 className="h-xl" id="saved">
                    {t("For later")}
                </h2>
            </div>
            <Alert error={change.error} />
            <ul className="to-review">
                {data.map((line) => (
                    <li key={line.id}>
                        <span className="tile">{pictureOf(line.image) && <img src={pictureOf(line.image)} alt="" width="64" height="64" />}</span>
                        <p>
                            <PlaceLink to={{ url: line.url, kind: "product", id: line.product_id }}>
                                <b>{line.name}</b>
                            </PlaceLink>
                            <span className="small muted">
                                {[line.options_text, tn("{number} piece", "{number} pieces", line.quantity)].filter(Boolean).join(", ")}
                            </span>
                            <span>{money(line.line_total, line.currency)}</span>
                        </p>
                        <div className="acts-row">
                            {line.available > 0 && (
                                <button type="button" className="btn line" onClick={() => change.mutate({ kind: "back", id: line.id })}>
                                    {t("Back into the cart")}
                                    <span className="sr"> {line.name}</span>
                                </button>
                            )}
                            <button type="button" className="link-button small" onClick={() => change.mutate({ kind: "drop", id: line.id })}>
                                {t("Remove")}
                                <span className="sr"> {line.name}</span>
                            </button>
                        </div>
                    </li>
                ))}
            </ul>
        </section>
    );
}
