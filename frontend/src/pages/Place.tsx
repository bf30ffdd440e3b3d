import { Navigate, useLocation, useParams } from "react-router";
import { Problem } from "../api/problem";
import { type Place as Found, usePlace } from "../api/site";
import { Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { Trouble } from "../components/Trouble";
import { later } from "../later";
import { usePreferences } from "../preferences";
import { t } from "../words";

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
    const { data, error, refetch } = usePlace(pathname);
    const elsewhere = useOwnLanguage(data);
    if (error) return <div className="wrap"><Trouble error={error} again={refetch} /></div>;
    if (!data) return <div className="wrap"><Skeleton kind="text" /></div>;
    if (elsewhere && elsewhere !== pathname) return <Navigate to={elsewhere + search} replace />;
    return <At place={data} />;
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
        <Page title={t("Nothing stands here")}>
            <Trouble error={new Problem(404)} />
        </Page>
    );
}
