import { Page } from "../components/Page";
import { Trouble } from "../components/Trouble";
import { Problem } from "../api/problem";
import { t } from "../words";

export default function NotFound() {
    return (
        <Page title={t("Nothing stands here")}>
            <Trouble error={new Problem(404)} />
        </Page>
    );
}
