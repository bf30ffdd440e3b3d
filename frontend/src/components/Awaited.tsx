import type { ReactNode } from "react";
import { isRefusal } from "../api/problem";
import { Page } from "./Page";
import { type Kind, Skeleton } from "./Skeleton";
import { Trouble } from "./Trouble";

/** What was asked of the shop: a query of TanStack, or two as one. */
export type Asked<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

type Props<T> = {
    of: Asked<T>;
    skeleton: Kind;
    meanwhile?: string; // the title until the answer has one
    isBelowTitle?: boolean;
    instead?: ReactNode; // what to do where it is refused
    children: (data: T) => ReactNode;
};

/**
 * The answer once it is there; until then the room that it will take, or what went wrong. A later reading that is not
 * answered leaves what was read before; one that is refused does not.
 */
export function Awaited<T>({ of: { data, error, refetch }, skeleton, meanwhile, isBelowTitle = false, instead, children }: Props<T>) {
    const isTrouble = Boolean(error) && (data === undefined || isRefusal(error));
    if (data !== undefined && !isTrouble) return children(data);
    const hasTitle = isBelowTitle || meanwhile !== undefined;
    const shown = isTrouble ? (
        <Trouble error={error} again={() => void refetch()} heading={hasTitle ? "h2" : "h1"}>
            {instead}
        </Trouble>
    ) : (
        <Skeleton kind={skeleton} />
    );
    if (isBelowTitle) return shown;
    if (meanwhile === undefined) return <div className="wrap">{shown}</div>;
    return (
        <Page title={meanwhile}>
            <div className="head page-head">
                <h1>{meanwhile}</h1>
            </div>
            {shown}
        </Page>
    );
}

/** Two answers that are of use together only. */
export function together<A, B>(first: Asked<A>, second: Asked<B>): Asked<[A, B]> {
    return {
        data: first.data === undefined || second.data === undefined ? undefined : [first.data, second.data],
        error: first.error ?? second.error,
        refetch: () => [first, second].forEach(({ error, refetch }) => error && refetch()),
    };
}
