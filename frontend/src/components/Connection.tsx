import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useOnline, useSilence } from "../api/online";
import { t } from "../words";

const ASK_AGAIN_MS = 8000;

/** Said for as long as it lasts: no connection, or a shop that does not answer. Then what is shown is read anew. */
export function Connection() {
    const isOnline = useOnline();
    const isSilent = useSilence();
    if (!isOnline)
        return (
            <p className="offline" role="status">
                {t("You are offline. What you see may be old, and nothing can be changed.")}
            </p>
        );
    return isSilent ? <Silence /> : null;
}

function Silence() {
    const client = useQueryClient();
    const ask = () => void client.refetchQueries({ type: "active", stale: true });
    useEffect(() => {
        const timer = setInterval(ask, ASK_AGAIN_MS);
        return () => clearInterval(timer);
    });
    return (
        <p className="offline" role="status">
            {t("The shop does not answer. What you see may be old; we keep asking.")}{" "}
            <button type="button" className="link-button" onClick={ask}>
                {t("Ask now")}
            </button>
        </p>
    );
}
