import { Navigate, useLocation, useParams } from "react-router";
import { Problem } from "../api/problem";
import { type Place as Found, usePlace } from "../api/site";
import { Awaited } from "../components/Awaited";
import { Trouble } from "../components/Trouble";
import { SAME_VIEW } from "../focus";
import { later } from "../later";
import { usePreferences } from "../preferences";

const Category = later(() => import("./Category"));
const CmsPage = later(() => import("./CmsPage"));
const Product = later(() => import("./Product"));

/** The code of the view at a kind of place, so that its first drawing is the whole view. */
export async function fetchView(kind: string): Promise<void> {
    await { product: Product, category: Category, page: CmsPage }[kind]?.fetch();
}

/** Whatever stands at a path of the shop: a product, a shelf, an editors' page, or what has moved. */
export function Place() {
    const { pathname, search } = useLocation();
    const place = usePlace(pathname);
    const elsewhere = useOwnLanguage(place.data);
    if (elsewhere && elsewhere !== pathname) return <Navigate to={elsewhere + search} state={SAME_VIEW} replace />;
    return (
        <Awaited of={place} skeleton="text">
            {(data) => <At place={data} />}
        </Awaited>
    );
}

function At({ place: { kind, id, path = "", location = "" } }: { place: Found }) {
    if (kind === "product") return <Product key={id} id={id!} />;
    if (kind === "category") return <Category key={id} id={id!} />;
    if (kind === "page") return <CmsPage key={id} id={id!} />;
    if (kind === "brand") return <Navigate to={`/search?brand=${path.split("/").filter(Boolean).pop()}`} replace />;
    if (kind === "redirect" && location.startsWith("/")) return <Navigate to={location} replace />;
    return <NotThere />;
}

/** The same place in the language that was chosen: a path of another language leads to its own. */
function useOwnLanguage(place: Found | undefined): string | undefined {
    const { language } = usePreferences();
    if (!place?.lang || place.lang === language) return undefined;
    return place.translations?.find(({ lang }) => lang === language)?.path;
}

/** Addresses held ids before they held names; the old ones lead on. */
export function OldProduct() {
    const id = useParams().id ?? "";
    return /^\d+$/.test(id) ? <Product id={Number(id)} isOldAddress /> : <Place />;
}

export function OldCategory() {
    const id = useParams().id ?? "";
    return /^\d+$/.test(id) ? <Category id={Number(id)} isOldAddress /> : <Place />;
}

function NotThere() {
    return (
        <div className="wrap">
            <Trouble error={new Problem(404)} />
        </div>
    );
}
