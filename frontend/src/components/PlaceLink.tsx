import type { ReactNode } from "react";
import { Link, NavLink } from "react-router";
import type { Schemas } from "../api/client";
import { Icon } from "./Icon";

type To = { url: string; kind: "product" | "category"; id: number };

/** Of a place whose kind and id are known: it opens without asking first what stands there. */
export const placeState = (kind: string, id: number | null) => ({ place: { kind, id } });

export function PlaceLink({ to, className, lang, children }: { to: To; className?: string; lang?: string; children: ReactNode }) {
    return (
        <Link to={to.url} state={placeState(to.kind, to.id)} className={className} lang={lang}>
            {children}
        </Link>
    );
}

type ShopLinkProps = { link: Schemas["Link"] | null; className?: string; inMenu?: boolean };

/** A link that an editor has set: into the shop, or out of it. */
export function ShopLink({ link, className, inMenu = false }: ShopLinkProps) {
    if (!link) return null;
    const look = className ?? (inMenu ? undefined : "link");
    if (link.kind === "external" || !link.url.startsWith("/"))
        return (
            <a className={look} href={link.url} rel="noreferrer">
                {link.text}
            </a>
        );
    const state = link.id && link.kind !== "address" ? placeState(link.kind, link.id) : undefined;
    if (inMenu)
        return (
            <NavLink className={look} to={link.url} state={state}>
                {link.text}
            </NavLink>
        );
    return (
        <Link className={look} to={link.url} state={state}>
            {link.text} {look === "link" && <Icon name="arrow-right" small className="turn" />}
        </Link>
    );
}
