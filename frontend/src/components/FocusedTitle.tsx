import { type ReactNode, useEffect, useRef } from "react";

type Props = { id?: string; as?: "h1" | "h2"; isNew?: boolean; children: ReactNode };

/** The heading of what has taken the place of something else on the same page: read out as it comes. */
export function FocusedTitle({ id, as: Heading = "h1", isNew = true, children }: Props) {
    const title = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        if (isNew) title.current?.focus();
    }, [isNew]);
    return (
        <Heading id={id} tabIndex={-1} ref={title}>
            {children}
        </Heading>
    );
}
