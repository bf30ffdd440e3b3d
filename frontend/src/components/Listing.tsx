import { useCallback, useState } from "react";
import { useSearchParams } from "react-router";
import { type Filters, useProducts } from "../api/catalogue";
import type { Schemas } from "../api/client";
import { money } from "../money";
import { usePreferences } from "../preferences";
import { t, tn } from "../words";
import { Awaited } from "./Awaited";
import { Facets } from "./Facets";
import { Icon } from "./Icon";
import { ProductCard } from "./ProductCard";

export const PAGE_SIZE = 24;
type Facet = Schemas["Facets"];

/** The filters stand in the address under the API's own names, so a link to a list is the list. */
export function filtersOf(params: URLSearchParams): Filters {
    const names = [...new Set(params.keys())].filter((name) => name === "q" || params.getAll(name).some(Boolean));
    return Object.fromEntries(
        names.map((name) => {
            const values = params.getAll(name).filter(Boolean);
            return [name, name.startsWith("attr_") ? values.join(",") : values.length > 1 ? values : (values[0] ?? "")];
        }),
    );
}

export function Listing({ fixed, sorts }: { fixed: Filters; sorts: [string, string][] }) {
    const [params, setParams] = useSearchParams();
    const { currency } = usePreferences();
    const [isOpen, setOpen] = useState(false);
    const close = useCallback(() => setOpen(false), []);
    const page = Number(params.get("page") ?? 1);
    const query = useProducts({ ...filtersOf(params), ...fixed, facets: "true", page_size: String(PAGE_SIZE) });
    const applied = [...params].filter(([name]) => !["q", "ordering", "page"].includes(name));

    const change = (edit: (params: URLSearchParams) => void, replace = false) =>
        setParams(
            (before) => {
                const after = new URLSearchParams(before);
                after.delete("page");
                edit(after);
                return after;
            },
            { replace },
        );
    const clear = () => change((edited) => applied.forEach(([name]) => edited.delete(name)));

    return (
        <Awaited of={query} skeleton="cards" isBelowTitle instead={<Clear press={clear} />}>
            {({ count, results, facets }) => (
                <div className={`cat${query.isPlaceholderData ? " tw:opacity-60" : ""}`}>
                    {facets && (
                        <Facets facets={facets} params={params} change={change} isOpen={isOpen} close={close} clear={clear} count={count} />
                    )}
                    <section className="results" id="results" aria-label={t("Pieces")}>
                        <div className="results-head">
                            <p className="count" role="status">
                                {tn("{number} piece.", "{number} pieces.", count)} {t("Prices include GST.")}
                            </p>
                            {applied.length > 0 && (
                                <div className="chips applied">
                                    {applied.map(([name, value]) => (
                                        <button
                                            key={name + value}
                                            type="button"
                                            className="chip on"
                                            onClick={() => change((edited) => edited.delete(name, value))}
                                        >
                                            {chipText(name, value, currency, facets)} <Icon name="x" small />
                                            <span className="sr">{t("remove")}</span>
                                        </button>
                                    ))}
                                    <button type="button" className="link plain small" onClick={clear}>
                                        {t("Clear all")}
                                    </button>
                                </div>
                            )}
                            <div className="sortbar">
                                <button type="button" className="open-filters tw:bg-transparent tw:border-0" onClick={() => setOpen(true)}>
                                    <Icon name="sliders-horizontal" small /> {t("Filter")}
                                    {applied.length > 0 && <span className="muted">{t("{number} on", { number: applied.length })}</span>}
                                </button>
                                <div className="sort">
                                    <label htmlFor="ordering" className="small">
                                        {t("Sort by")}
                                    </label>
                                    <Icon name="arrow-up-down" small className="sort-icon" />
                                    <span className="select">
                                        <select
                                            id="ordering"
                                            value={params.get("ordering") ?? ""}
                                            onChange={(event) => {
                                                const { value } = event.target;
                                                change((edited) => (value ? edited.set("ordering", value) : edited.delete("ordering")));
                                            }}
                                        >
                                            {sorts.map(([value, label]) => (
                                                <option key={value} value={value}>
                                                    {label}
                                                </option>
                                            ))}
                                        </select>
                                        <Icon name="chevron-down" small />
                                    </span>
                                </div>
                            </div>
                        </div>
                        {results.length === 0 ? (
                            <div className="empty">
                                <h2>{t("No piece fits all of that")}</h2>
                                <p>{t("Take away a filter and the shelf fills again.")}</p>
                                <Clear press={clear} />
                            </div>
                        ) : (
                            <ul className="grid" id="cards">
                                {results.map((product, index) => (
                                    <ProductCard key={product.id} product={product} heading="h2" eager={index === 0} />
                                ))}
                            </ul>
                        )}
                        <Pager count={count} page={page} go={(to) => change((edited) => edited.set("page", String(to)))} />
                    </section>
                </div>
            )}
        </Awaited>
    );
}

function Clear({ press }: { press: () => void }) {
    return (
        <button type="button" className="btn" onClick={press}>
            {t("Clear the filters")}
        </button>
    );
}

/** As the API reads it. */
const isOn = (value: string) => ["true", "1"].includes(value.toLowerCase());

function chipText(name: string, value: string, currency: string, facets?: Facet): string {
    const amount = () => (/^\d+(\.\d+)?$/.test(value) ? money(value, currency) : value);
    if (name === "min_price") return t("from {price}", { price: amount() });
    if (name === "max_price") return t("up to {price}", { price: amount() });
    if (name === "in_stock") return isOn(value) ? t("In stock") : t("Sold out");
    if (name === "on_sale") return isOn(value) ? t("Reduced") : t("Not reduced");
    if (name === "brand") return facets?.brand.find((brand) => brand.slug === value)?.name ?? value;
    if (name === "category") return facets?.category.find((shelf) => String(shelf.id) === value)?.name ?? value;
    const attribute = facets?.attributes.find((each) => `attr_${each.code}` === name);
    return attribute?.values.find((each) => each.value === value)?.label ?? value;
}

function Pager({ count, page, go }: { count: number; page: number; go: (page: number) => void }) {
    const seen = Math.min(count, page * PAGE_SIZE);
    if (count <= PAGE_SIZE) return null;
    const turn = (to: number) => {
        go(to);
        window.scrollTo(0, 0);
    };
    return (
        <nav className="pager" aria-label={t("More pieces")}>
            <p className="small">{t("You have seen {seen} of {total}", { seen, total: count })}</p>
            <progress className="track" value={seen} max={count} aria-hidden="true" />
            {seen < count && (
                <button type="button" className="btn line" onClick={() => turn(page + 1)}>
                    {t("Show {number} more", { number: Math.min(PAGE_SIZE, count - seen) })}
                </button>
            )}
            {page > 1 && (
                <button type="button" className="link plain small" onClick={() => turn(page - 1)}>
                    {t("Back to the pieces before")}
                </button>
            )}
        </nav>
    );
}
