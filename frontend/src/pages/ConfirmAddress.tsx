import { Link } from "react-router";
import { useConfirmAddress } from "../api/mailLinks";
import { asProblem } from "../api/problem";
import { useUser } from "../api/session";
import { Entry } from "../components/entry/Entry";
import { useSecretOfLink } from "../components/entry/useSecretOfLink";
import { Alert } from "../components/Trouble";
import { t } from "../words";

/** The link of a mail to a new address. Scanners of mail open links too: only the button confirms. */
export default function ConfirmAddress() {
    const token = useSecretOfLink();
    const confirm = useConfirmAddress();
    if (confirm.isSuccess) return <Confirmed />;
    if (!token || asProblem(confirm.error).code === "link_invalid") return <TooOld />;
    return (
        <Entry title={t("Confirm your e-mail address")}>
            <p>{t("It is the one that the mail with this link came to. From then on you sign in with it, and we write there.")}</p>
            <Alert error={confirm.error} />
            <button type="button" className="btn wide" disabled={confirm.isPending} onClick={() => confirm.mutate(token)}>
                {t("Yes, confirm it")}
            </button>
        </Entry>
    );
}

function Confirmed() {
    const user = useUser();
    return (
        <Entry title={t("Your address is confirmed")} isAnswer>
            <p>{t("You can now write reviews, and find orders that you placed as a guest.")}</p>
            <Link className="btn" to={user ? "/account" : "/sign-in"}>
                {user ? t("Go to your account") : t("Sign in")}
            </Link>
        </Entry>
    );
}

function TooOld() {
    return (
        <Entry title={t("This link has been used or is too old")}>
            <p role="alert">{t("Sign in and ask for a new one under your name.")}</p>
            <Link className="btn" to="/account/profile">
                {t("Go to your account")}
            </Link>
        </Entry>
    );
}
