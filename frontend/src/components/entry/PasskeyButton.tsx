import { NoPasskey } from "../../api/passkeys";
import { Alert } from "../Trouble";

type Props = { words: string; failed: string; entry: { isPending: boolean; error: unknown }; ask: () => void; isQuiet?: boolean };

/** A button that has the browser show a passkey, and what came of it. */
export function PasskeyButton({ words, failed, entry, ask, isQuiet = false }: Props) {
    return (
        <div className="stack">
            <button type="button" className={`btn wide${isQuiet ? " line" : ""}`} disabled={entry.isPending} onClick={ask}>
                {words}
            </button>
            {entry.error instanceof NoPasskey ? (
                <p className="note small" role="alert">
                    {failed}
                </p>
            ) : (
                <Alert error={entry.error} />
            )}
        </div>
    );
}
