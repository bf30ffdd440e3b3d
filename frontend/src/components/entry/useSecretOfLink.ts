import { useEffect, useState } from "react";

/** The secret of a mail's link. It stands behind the `#`, which no server is sent, and leaves the address at once. */
export function useSecretOfLink(): string {
    const [secret] = useState(() => location.hash.slice(1));
    useEffect(() => history.replaceState(history.state, "", location.pathname), []);
    return secret;
}
