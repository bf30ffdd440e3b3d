import { useEffect, useState } from "react";
import { t } from "../words";

const PATIENCE = 300;

export type Kind = "cards" | "product" | "lines" | "text" | "two";

/** Nothing for 300 ms, then quiet blocks in the size of what comes: a quick answer never flickers. */
export function Skeleton({ kind }: { kind: Kind }) {
    const [isSlow, setSlow] = useState(false);
    useEffect(() => {
        const timer = setTimeout(() => setSlow(true), PATIENCE);
        return () => clearTimeout(timer);
    }, []);
    if (!isSlow) return <div aria-busy="true" />;
    return (
        <div className={kind === "two" ? undefined : "section slight"} role="status" data-skeleton>
            <span className="sr">{t("Fetching it …")}</span>
            {kind === "cards" && (
                <ul className="grid" aria-hidden="true">
                    {[1, 2, 3, 4, 5, 6].map((number) => (
                        <li className="card" key={number}>
                            <div className="tile bone" />
                            <div className="body">
                                <div className="bone tw:h-5" />
                                <div className="bone tw:h-4 tw:w-2/3" />
                            </div>
                        </li>
                    ))}
                </ul>
            )}
            {kind === "product" && (
                <div className="pdp" aria-hidden="true">
                    <div className="tile bone" />
                    <div className="stack">
                        <div className="bone tw:h-10" />
                        <div className="bone tw:h-6 tw:w-1/3" />
                        <div className="bone tw:h-24" />
                        <div className="bone tw:h-12" />
                    </div>
                </div>
            )}
            {kind === "two" && (
                <div className="two" aria-hidden="true">
                    <div className="stack">
                        <div className="bone tw:h-24" />
                        <div className="bone tw:h-24" />
                    </div>
                    <div className="bone tw:h-64" />
                </div>
            )}
            {(kind === "lines" || kind === "text") && (
                <div className="stack" aria-hidden="true">
                    {[1, 2, 3].map((number) => (
                        <div key={number} className={`bone ${kind === "lines" ? "tw:h-24" : "tw:h-6"}`} />
                    ))}
                </div>
            )}
        </div>
    );
}
