import { useCmsPage, type CmsPage as Body } from "../api/site";
import { Awaited } from "../components/Awaited";
import { Blocks } from "../components/blocks/Blocks";
import { Crumbs } from "../components/Crumbs";
import { Page } from "../components/Page";

/** A page that editors have made: a landing page of sections, or words to read. */
export default function CmsPage({ id }: { id: number }) {
    return (
        <Awaited of={useCmsPage(id)} skeleton="text">
            {(page) => <ShownPage page={page} />}
        </Awaited>
    );
}

export function ShownPage({ page }: { page: Body }) {
    const isArticle = page.meta.type === "cms_pages.ContentPage";
    const blocks = <Blocks blocks={page.body ?? []} />;
    return (
        <Page
            title={page.meta.seo_title || page.title}
            description={page.meta.search_description || page.intro}
            canonical={page.meta.path}
            wide={!isArticle}
        >
            {!page.hides_title && page.meta.type !== "cms_pages.HomePage" && (
                <div className={isArticle ? undefined : "wrap"}>
                    <Crumbs shelves={[]} here={page.title} />
                    <div className="cat-head">
                        <h1>{page.title}</h1>
                        {page.intro && <p>{page.intro}</p>}
                    </div>
                </div>
            )}
            {isArticle ? <div className="article">{blocks}</div> : blocks}
        </Page>
    );
}
