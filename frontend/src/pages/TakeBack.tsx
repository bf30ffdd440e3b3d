import { Link, useNavigate } from "react-router";
import { useTakeBack } from "../api/mailLinks";
import { asProblem } from "../api/problem";
import { Entry } from "../components/entry/Entry";
import { useSecretOfLink } from "../components/entry/useSecretOfLink";
import { Alert } from "../components/Trouble";
import { t } from "../words";

/** The link of the mail to an address that gave way. Scanners of mail open links too: only the button takes it back. */
export default function TakeBack() {
    const token = useSecretOfLink();
    const take = useTakeBack();
    const goTo = useNavigate();
    function send() {
        take.mutate(token, { onSuccess: ({ reset_token }) => goTo(`/new-password#${reset_token}`, { replace: true }) });
    }
    if (!token || asProblem(take.error).code === "link_invalid") return <TooOld />;
    return (
        <Entry title={t("Take the account back?")}>
            <p>
                {t("The address that this mail came to is that of your account again, everybody is signed out, and you choose a new password.")}
            </p>
            <Alert error={take.error} />
            <button type="button" className="btn wide" disabled={take.isPending || take.isSuccess} onClick={send}>
                {t("Take the account back")}
            </button>
        </Entry>
    );
}

function TooOld() {
    return (
        <Entry title={t("This link has been used or is too old")}>
            <p role="alert">{t("If your account was taken from you, write to us: we find out whose it is.")}</p>
            <Link className="btn line" to="/sign-in">
                {t("Back to sign in")}
            </Link>
        </Entry>
    );
}
