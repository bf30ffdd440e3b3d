import { Navigate, useLocation } from "react-router";
import { type Category as Branch, pathTo, useCategories } from "../api/catalogue";
import { Problem } from "../api/problem";
import { Awaited } from "../components/Awaited";
import { Crumbs } from "../components/Crumbs";
import { Listing } from "../components/Listing";
import { Page } from "../components/Page";
import { PlaceLink, placeState } from "../components/PlaceLink";
import { Trouble } from "../components/Trouble";
import { t } from "../words";

export default function Category({ id, isOldAddress = false }: { id: number; isOldAddress?: boolean }) {
    return (
        <Awaited of={useCategories()} skeleton="cards">
            {(shelves) => <Shelf path={pathTo(id, shelves)} isOldAddress={isOldAddress} />}
        </Awaited>
    );
}

function Shelf({ path, isOldAddress }: { path: Branch[]; isOldAddress: boolean }) {
    const { search } = useLocation();
    const shelf = path.at(-1);
    if (!shelf) return <div className="wrap"><Trouble error={new Problem(404)} /></div>;
    const { id } = shelf;
    if (isOldAddress) return <Navigate to={shelf.url + search} state={placeState("category", id)} replace />;
    return (
        <Page title={shelf.name} canonical={shelf.url}>
            <Crumbs shelves={path.slice(0, -1)} here={shelf.name} />
            <div className="cat-head">
                <h1>{shelf.name}</h1>
                {shelf.children.length > 0 && (
                    <div className="chips">
                        {shelf.children.map((child) => (
                            <PlaceLink key={child.id} className="chip" to={{ ...child, kind: "category" }}>
                                {child.name}
                            </PlaceLink>
                        ))}
                    </div>
                )}
            </div>
            <Listing
                key={id}
                fixed={{ category: String(id) }}
                sorts={[["", t("As we arranged it")], ["newest", t("Newest")], ["price", t("Price, lowest first")], ["-price", t("Price, highest first")], ["popular", t("Bought most")]]}
            />
        </Page>
    );
}
