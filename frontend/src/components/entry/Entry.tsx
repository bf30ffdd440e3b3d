import type { ReactNode } from "react";
import { Page } from "../Page";

/** The narrow page of everything that leads into an account. */
export function Entry({ title, children }: { title: string; children: ReactNode }) {
    return (
        <Page title={title}>
            <div className="entry formbox">
                <h1>{title}</h1>
                {children}
            </div>
        </Page>
    );
}
