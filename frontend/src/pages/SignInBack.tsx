import { useEffect, useRef } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { questionIn } from "../api/entering";
import { useTakeOver } from "../api/outside";
import { asProblem } from "../api/problem";
import { Entry } from "../components/entry/Entry";
import { SecondStep } from "../components/entry/SecondStep";
import { useGoOnSignedIn } from "../components/entry/goOn";
import { t } from "../words";

/** Back from another service: its code is good once, so it is used once and taken out of the address. */
export default function SignInBack() {
    const { user, next } = useGoOnSignedIn();
    const [params, setParams] = useSearchParams();
    const { mutate, error } = useTakeOver();
    const goTo = useNavigate();
    const toSignIn = `/sign-in?next=${encodeURIComponent(next)}`;
    const isTaken = useRef(false);
    useEffect(() => {
        if (isTaken.current) return;
        isTaken.current = true;
        mutate({ code: params.get("code") ?? "", error: params.get("error") ?? "" });
        setParams({ next }, { replace: true });
    }, [mutate, params, setParams, next]);
    const question = questionIn(error);
    if (question && !user) return <SecondStep question={question} again={() => goTo(toSignIn)} />;
    return (
        <Entry title={t("Sign in")}>
            {error ? <p role="alert">{whyNot(asProblem(error).code)}</p> : <p role="status">{t("One moment …")}</p>}
            {error ? (
                <Link className="btn" to={toSignIn}>
                    {t("Back to sign in")}
                </Link>
            ) : null}
        </Entry>
    );
}

function whyNot(code: string): string {
    if (code === "outside_account_refused")
        return t("This account cannot be used to sign in here. Confirm its e-mail address there, or sign in with your password.");
    if (code === "unavailable") return t("The service does not answer. Sign in another way.");
    return t("That sign-in did not come about. Try again, or sign in another way.");
}
