import { Link } from "react-router";
import { t } from "../words";

export function Crumbs({ shelves, here }: { shelves: { id: number; name: string }[]; here: string }) {
    return (
        <nav aria-label={t("You are here")}>
            <ol className="crumbs">
                <li>
                    <Link to="/">{t("Home")}</Link>
                </li>
                {shelves.map((shelf) => (
                    <li key={shelf.id}>
                        <Link to={`/category/${shelf.id}`}>{shelf.name}</Link>
                    </li>
                ))}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    );
}
