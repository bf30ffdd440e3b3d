import { useHomePage } from "../api/site";
import { Blocks } from "../components/blocks/Blocks";
import { Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { Trouble } from "../components/Trouble";

/** What the editors have put on the shop's first page. */
export function Home() {
    const { data, error, refetch } = useHomePage();
    if (error) return <div className="wrap"><Trouble error={error} again={refetch} /></div>;
    if (!data) return <div className="wrap"><Skeleton kind="cards" /></div>;
    return (
        <Page title="" description={data.meta.search_description} wide>
            <Blocks blocks={data.body ?? []} />
        </Page>
    );
}
