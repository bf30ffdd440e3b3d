import type { ReactNode } from "react";
import { FocusedTitle } from "../FocusedTitle";
import { Page } from "../Page";

type Props = { title: string; isAnswer?: boolean; children: ReactNode };

/** The narrow page of everything that leads into an account. `isAnswer`: it has taken the place of what was pressed. */
export function Entry({ title, isAnswer = false, children }: Props) {
    return (
        <Page title={title}>
            <div className="entry formbox">
                {isAnswer ? <FocusedTitle>{title}</FocusedTitle> : <h1>{title}</h1>}
                {children}
            </div>
        </Page>
    );
}
