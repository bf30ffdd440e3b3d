import { type ReactNode, useEffect } from "react";
import { shopFacts } from "../preferences";

/** What every view does once it knows its title. */
export function Page({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
    useEffect(() => {
        document.title = title ? `${title} | ${shopFacts().name}` : shopFacts().name;
    }, [title]);
    return <div className={wide ? undefined : "wrap"}>{children}</div>;
}
