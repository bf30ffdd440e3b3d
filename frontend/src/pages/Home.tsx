import { useHomePage } from "../api/site";
import { Awaited } from "../components/Awaited";
import { Blocks } from "../components/blocks/Blocks";
import { Page } from "../components/Page";

/** What the editors have put on the shop's first page. */
export function Home() {
    return (
        <Awaited of={useHomePage()} skeleton="cards">
            {({ meta, body }) => (
                <Page title="" description={meta.search_description} wide>
                    <Blocks blocks={body ?? []} />
                </Page>
            )}
        </Awaited>
    );
}
