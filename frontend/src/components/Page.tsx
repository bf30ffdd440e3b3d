import { type ReactNode, useEffect } from "react";
import { shopFacts } from "../preferences";

/** What the window is called; without a title it keeps its name. */
export function useTitle(title: string | undefined): void {
    useEffect(() => {
        if (title !== undefined) document.title = title ? `${title} | ${shopFacts().name}` : shopFacts().name;
    }, [title]);
}

type Props = { title: string; description?: string; canonical?: string; wide?: boolean; children: ReactNode };

/** What every view does once it knows its title: say it, and say which page of the shop is the one to be found. */
export function Page({ title, description, canonical, wide = false, children }: Props) {
    useTitle(title);
    useEffect(() => {
        if (description) headElement("meta", "name", "description").setAttribute("content", description.slice(0, 300));
    }, [description]);
    useEffect(() => {
        if (!canonical) return;
        const link = headElement("link", "rel", "canonical");
        link.setAttribute("href", new URL(canonical, location.origin).href);
        return () => link.remove();
    }, [canonical]);
    return <div className={wide ? undefined : "wrap"}>{children}</div>;
}

function headElement(tag: string, name: string, value: string): Element {
    const found = document.head.querySelector(`${tag}[${name}="${value}"]`);
    if (found) return found;
    const made = document.createElement(tag);
    made.setAttribute(name, value);
    return document.head.appendChild(made);
}
