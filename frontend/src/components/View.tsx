import type { ReactNode } from "react";
import { type Asked, Awaited } from "./Awaited";
import { Page } from "./Page";
import type { Kind } from "./Skeleton";

type Props<T> = {
    title: string;
    of: Asked<T>;
    skeleton?: Kind;
    beside?: ReactNode;
    instead?: ReactNode;
    children: (data: T) => ReactNode;
};

/** A view that is called the same whatever its answer says: the title stands at once, what is awaited comes below it. */
export function View<T>({ title, of, skeleton = "lines", beside, instead, children }: Props<T>) {
    return (
        <Page title={title}>
            <div className="head page-head">
                <h1>{title}</h1>
                {beside}
            </div>
            <Awaited of={of} skeleton={skeleton} instead={instead} isBelowTitle>
                {children}
            </Awaited>
        </Page>
    );
}

/** The same beside the menu of the account. */
export function AccountView<T>({ title, of, skeleton = "lines", beside, children }: Props<T>) {
    return (
        <Page title={title} wide>
            <div className="head">
                <h1>{title}</h1>
                {beside}
            </div>
            <Awaited of={of} skeleton={skeleton} isBelowTitle>
                {(data) => <div className="stack wide-gap">{children(data)}</div>}
            </Awaited>
        </Page>
    );
}
