import { t } from "../words";

type Props = { words: string; isPending: boolean; leave?: () => void; leaveWords?: string; isWide?: boolean };

/** The end of a form: the button that does it, and beside it the way out that leaves everything as it is. */
export function FormActs({ words, isPending, leave, leaveWords, isWide = false }: Props) {
    return (
        <div className="acts-row">
            <button className={`btn${isWide ? " wide" : ""}`} disabled={isPending}>
                {words}
            </button>
            {leave && (
                <button type="button" className="link-button" onClick={leave}>
                    {leaveWords ?? t("Leave it as it is")}
                </button>
            )}
        </div>
    );
}
