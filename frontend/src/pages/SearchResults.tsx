import { useSearchParams } from "react-router";
import { useCategories, useProducts } from "../api/catalogue";
import { useCount } from "../api/consent";
import { filtersOf, Listing, PAGE_SIZE } from "../components/Listing";
import { Page } from "../components/Page";
import { PlaceLink } from "../components/PlaceLink";
import { ProductCard } from "../components/ProductCard";
import { t } from "../words";

export default function SearchResults() {
    const [params] = useSearchParams();
    const words = params.get("q") ?? "";
    useCount("search", "q", words);
    // The same question as the list's own, so it is asked once.
    const { data } = useProducts({ ...filtersOf(params), facets: "true", page_size: String(PAGE_SIZE) });
    const isFiltered = [...params.keys()].some((name) => !["q", "ordering", "page"].includes(name));
    if (data?.count === 0 && !isFiltered) return <Nothing words={words} />;
    return (
        <Page title={words || t("All pieces")}>
            <div className="cat-head">
                <h1>{words ? `“${words}”` : t("All pieces")}</h1>
                {data?.corrected && <p>{t("Nothing was called “{words}”, so this is the nearest we have.", { words })}</p>}
            </div>
            <Listing
                key={words}
                fixed={{}}
                sorts={[["", words ? t("Best match") : t("Newest")], ["price", t("Price, lowest first")], ["-price", t("Price, highest first")], ["popular", t("Bought most")]]}
            />
        </Page>
    );
}

function Nothing({ words }: { words: string }) {
    const shelves = useCategories();
    const { data } = useProducts({ ordering: "popular", page_size: "4" });
    return (
        <Page title={words}>
            <div className="empty">
                <h1>{t("Nothing called “{words}”", { words })}</h1>
                <p>{t("Try one word less, or begin from a shelf.")}</p>
                <div className="chips">
                    {shelves.data?.map((shelf) => (
                        <PlaceLink key={shelf.id} className="chip" to={{ ...shelf, kind: "category" }}>
                            {shelf.name}
                        </PlaceLink>
                    ))}
                </div>
            </div>
            <section aria-labelledby="suggested">
                <div className="head">
                    <h2 id="suggested">{t("Bought again and again")}</h2>
                </div>
                <ul className="grid four">
                    {data?.results.map((product) => (
                        <ProductCard key={product.id} product={product} />
                    ))}
                </ul>
            </section>
        </Page>
    );
}
