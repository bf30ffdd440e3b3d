import { type ReactNode, useEffect, useRef } from "react";

/** The heading of what has taken the place of something else on the same page: read out as it comes. */
export function FocusedTitle({ id, children }: { id?: string; children: ReactNode }) {
    const title = useRef<HTMLHeadingElement>(null);
    useEffect(() => title.current?.focus(), []);
    return (
        <h1 id={id} tabIndex={-1} ref={title}>
            {children}
        </h1>
    );
}
