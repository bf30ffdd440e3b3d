import { useEffect } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useUser } from "../../api/session";
import { afterSignIn } from "../../paths";

/** Whoever is signed in, or has just become so, goes on to where they wanted to be. */
export function useGoOnSignedIn() {
    const user = useUser();
    const goTo = useNavigate();
    const next = afterSignIn(useSearchParams()[0].get("next"));
    useEffect(() => {
        if (user) goTo(next, { replace: true });
    }, [user, goTo, next]);
    return { user, next };
}
