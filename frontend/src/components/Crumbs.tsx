import { Link } from "react-router";
import { PlaceLink } from "./PlaceLink";
import { t } from "../words";

export function Crumbs({ shelves, here }: { shelves: { id: number; name: string; url: string }[]; here: string }) {
    return (
        <nav aria-label={t("You are here")}>
            <ol className="crumbs">
                <li>
                    <Link to="/">{t("Home")}</Link>
                </li>
                {shelves.map((shelf) => (
                    <li key={shelf.id}>
                        <PlaceLink to={{ ...shelf, kind: "category" }}>{shelf.name}</PlaceLink>
                    </li>
                ))}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    );
}
