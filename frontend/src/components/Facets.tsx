import { type FormEvent, useEffect, useRef } from "react";
import type { Schemas } from "../api/client";
import { useHeldFocus } from "../focus";
import { t, tn } from "../words";
import { Icon } from "./Icon";

type Change = (edit: (params: URLSearchParams) => void) => void;
type Value = { value: string; label: string; count: number; hex?: string };
type Props = {
    facets: Schemas["Facets"];
    params: URLSearchParams;
    change: Change;
    isOpen: boolean;
    close: () => void;
    clear: () => void;
    count: number;
};

/** Beside the list on a desk; a sheet from below on a phone. */
export function Facets({ facets, params, change, isOpen, close, clear, count }: Props) {
    const sheet = useRef<HTMLDivElement>(null);
    useHeldFocus(sheet, isOpen, close);
    const brands = facets.brand.map((brand) => ({ value: brand.slug, label: brand.name, count: brand.count }));
    return (
        <div
            className="filters"
            data-open={isOpen ? "" : undefined}
            onClick={(event) => event.target === event.currentTarget && close()}
        >
            <div
                className="sheet"
                ref={sheet}
                tabIndex={-1}
                role={isOpen ? "dialog" : undefined}
                aria-modal={isOpen || undefined}
                aria-label={isOpen ? t("Filter") : undefined}
            >
                <div className="hd">
                    <h2>{t("Filter")}</h2>
                    <button type="button" className="icon-btn" aria-label={t("Close filters")} onClick={close}>
                        <Icon name="x" />
                    </button>
                </div>
                <h2 className="side">{t("Filter")}</h2>
                <div className="scroll">
                    <Choices
                        name="in_stock"
                        single
                        title={t("Stock")}
                        values={[{ value: "true", label: t("In stock"), count: -1 }]}
                        params={params}
                        change={change}
                    />
                    <PriceRange params={params} change={change} facets={facets} />
                    {facets.attributes.map((attribute) => (
                        <Choices
                            key={attribute.code}
                            name={`attr_${attribute.code}`}
                            title={attribute.name}
                            values={attribute.values}
                            params={params}
                            change={change}
                        />
                    ))}
                    <Choices name="brand" title={t("Maker")} values={brands} params={params} change={change} startsClosed />
                </div>
                <div className="sheet-foot">
                    <button type="button" className="btn line clear" onClick={clear}>
                        {t("Clear")}
                    </button>
                    <button type="button" className="btn wide show" onClick={close}>
                        {tn("Show {number} piece", "Show {number} pieces", count)}
                    </button>
                </div>
            </div>
        </div>
    );
}

type ChoicesProps = {
    name: string;
    title: string;
    values: Value[];
    params: URLSearchParams;
    change: Change;
    startsClosed?: boolean;
    single?: boolean; // one value at a time
};

function Choices({ name, title, values, params, change, startsClosed = false, single = false }: ChoicesProps) {
    const chosen = params.getAll(name);
    if (values.length === 0) return null;
    return (
        <details className="facet" open={!startsClosed || chosen.length > 0}>
            <summary>
                {title}
                <Icon name="chevron-down" small className="chev" />
            </summary>
            <fieldset>
                <legend className="sr">{title}</legend>
                {values.map(({ value, label, count, hex }) => {
                    const isChosen = chosen.includes(value);
                    return (
                        <label key={value} className={count === 0 && !isChosen ? "dead" : undefined}>
                            <input
                                type="checkbox"
                                name={name}
                                value={value}
                                checked={isChosen}
                                onChange={() =>
                                    change((edited) => {
                                        if (isChosen) edited.delete(name, value);
                                        else if (single) edited.set(name, value);
                                        else edited.append(name, value);
                                    })
                                }
                            />
                            {hex && <Swatch hex={hex} />}
                            {label}
                            {count >= 0 && (
                                <span>
                                    <span className="sr">, </span>
                                    {count}
                                </span>
                            )}
                        </label>
                    );
                })}
            </fieldset>
        </details>
    );
}

export function Swatch({ hex }: { hex: string }) {
    return (
        <svg className="sw" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <circle cx="10" cy="10" r="9.5" fill={hex} />
        </svg>
    );
}

const PRICES = ["min_price", "max_price"] as const;

/** Taken when the focus leaves both fields. They are never made anew: that would throw out whoever is typing in them. */
function PriceRange({ params, change, facets }: { params: URLSearchParams; change: Change; facets: Schemas["Facets"] }) {
    const form = useRef<HTMLFormElement>(null);
    const taken = PRICES.map((name) => params.get(name) ?? "");
    useEffect(() => form.current?.reset(), [taken.join()]);
    function take(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        const typed = new FormData(event.currentTarget);
        const wanted = PRICES.map((name) => String(typed.get(name) ?? "").replace(/[, ]/g, ""));
        if (wanted.join() === taken.join()) return;
        change((edited) =>
            PRICES.forEach((name, index) => (wanted[index] ? edited.set(name, wanted[index]) : edited.delete(name))),
        );
    }
    const whole = (amount?: string | null) => (amount ?? "").split(".")[0];
    return (
        <details className="facet" open>
            <summary>
                {t("Price")}
                <Icon name="chevron-down" small className="chev" />
            </summary>
            <form
                ref={form}
                onSubmit={take}
                onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || event.currentTarget.requestSubmit()}
            >
                <fieldset className="range">
                    <legend className="sr">{t("Price")}</legend>
                    {PRICES.map((name, index) => (
                        <span key={name} style={{ display: "contents" }}>
                            {index > 0 && <span aria-hidden="true">{t("to")}</span>}
                            <input
                                className="input num"
                                name={name}
                                aria-label={index === 0 ? t("From") : t("To")}
                                inputMode="numeric"
                                pattern="[0-9., ]*"
                                defaultValue={taken[index]}
                                placeholder={index === 0 ? whole(facets.price[0]?.min) : whole(facets.price.at(-1)?.max)}
                            />
                        </span>
                    ))}
                </fieldset>
                <button className="sr" type="submit">
                    {t("Use these prices")}
                </button>
            </form>
        </details>
    );
}
