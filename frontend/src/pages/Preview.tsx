import { useSearchParams } from "react-router";
import { type Draft, useDraft } from "../api/preview";
import { Awaited } from "../components/Awaited";
import { Page } from "../components/Page";
import { t } from "../words";
import { ShownPage } from "./CmsPage";
import { ShownProduct } from "./Product";

/** The draft that an editor's token opens, as shoppers will see it, with a line above that says what it is. */
export default function Preview() {
    const token = useSearchParams()[0].get("token") ?? "";
    return (
        <Awaited of={useDraft(token)} skeleton="text">
            {(draft) => <Shown draft={draft} />}
        </Awaited>
    );
}

function Shown({ draft: data }: { draft: Draft }) {
    return (
        <>
            <p className="note wrap" role="status" lang={data.told.lang}>
                {t("A draft, for your eyes: {title}. Shoppers do not see it yet.", { title: data.told.title })}
            </p>
            {data.kind === "page" && <ShownPage page={data.page} />}
            {data.kind === "product" && <ShownProduct product={data.product} />}
            {data.kind === "category" && (
                <Page title={data.category.name}>
                    <div className="cat-head">
                        <h1>{data.category.name}</h1>
                    </div>
                    <p className="muted">{t("The list of its pieces is not part of the draft.")}</p>
                </Page>
            )}
        </>
    );
}
