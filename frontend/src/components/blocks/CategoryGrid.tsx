import { Picture } from "../Picture";
import { PlaceLink, ShopLink } from "../PlaceLink";
import type { Of } from "./Blocks";

export function CategoryGrid({ value, id }: Of<"category_grid">) {
    return (
        <section className="section wrap" aria-labelledby={id}>
            <div className="head">
                <h2 id={id}>{value.heading}</h2>
                <ShopLink link={value.link} />
            </div>
            <ul className="scroller materials">
                {value.categories.map((shelf) => (
                    <li key={shelf.id}>
                        <PlaceLink to={{ ...shelf, kind: "category" }}>
                            <div className="tile">
                                <Picture image={shelf.image} sizes="(width >= 48rem) 16vw, 8.5rem" alt="" />
                            </div>
                            <span>
                                <b>{shelf.name}</b>
                            </span>
                        </PlaceLink>
                    </li>
                ))}
            </ul>
        </section>
    );
}
