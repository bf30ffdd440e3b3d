import { useEffect, useRef } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import toast from "react-hot-toast/headless";
import { useLink } from "../api/outside";
import { asProblem, told } from "../api/problem";
import { Page } from "../components/Page";
import { refusalOf, useFresh } from "../components/security/fresh";
import { t } from "../words";

/** Back from another service that is to be linked. Its code is good once, and taken out of the address. */
export default function LinkBack() {
    const [params, setParams] = useSearchParams();
    const link = useLink();
    const { act, proof } = useFresh();
    const goTo = useNavigate();
    const isTaken = useRef(false);
    useEffect(() => {
        if (isTaken.current) return;
        isTaken.current = true;
        const came = { code: params.get("code") ?? "", error: params.get("error") ?? "" };
        setParams({}, { replace: true });
        void act(async () => {
            await link.mutateAsync(came);
            toast(t("From now on you can sign in with it."));
            goTo("/account/security", { replace: true });
        });
    });
    const refusal = refusalOf(link.error);
    return (
        <Page title={t("Link another service")} wide>
            {proof || (
                <>
                    <h1>{t("Link another service")}</h1>
                    {link.error ? <p role="alert">{refusal ? whyNot(refusal) : t("Nothing was linked.")}</p> : <p role="status">{t("One moment …")}</p>}
                    {link.error && (
                        <Link className="btn line" to="/account/security">
                            {t("Back to sign-in and security")}
                        </Link>
                    )}
                </>
            )}
        </Page>
    );
}

function whyNot(refusal: unknown): string {
    const { code } = asProblem(refusal);
    if (code === "unavailable") return t("The service does not answer. Try again later.");
    return code === "outside_failed" ? t("That did not come about, and nothing was linked. Try again.") : told(refusal);
}
