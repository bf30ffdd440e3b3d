import { t } from "../../words";
import { Picture } from "../Picture";
import { ShopLink } from "../PlaceLink";
import type { Of } from "./Blocks";

export function Quote({ value, id }: Of<"quote">) {
    if (!value.picture)
        return (
            <section className="section slight wrap">
                <figure className="quote">
                    <blockquote>“{value.quote}”</blockquote>
                    {value.name && <figcaption className="small muted">{[value.name, value.role].filter(Boolean).join(", ")}</figcaption>}
                </figure>
            </section>
        );
    return (
        <section className="story night" aria-labelledby={id}>
            <div className="pic">
                <Picture image={value.picture} sizes="(width >= 48rem) 50vw, 100vw" />
            </div>
            <div className="text">
                <h2 className="sr" id={id}>
                    {value.heading || t("A maker in her own words")}
                </h2>
                <blockquote>“{value.quote}”</blockquote>
                <p>
                    <b>{value.name}</b>
                    {value.role && (
                        <>
                            <br />
                            <span className="dim">{value.role}</span>
                        </>
                    )}
                </p>
                {value.figures.length > 0 && (
                    <dl className="facts">
                        {value.figures.map((figure) => (
                            <div key={figure.label}>
                                <dt>{figure.label}</dt>
                                <dd>
                                    <b>{figure.value}</b>
                                </dd>
                            </div>
                        ))}
                    </dl>
                )}
                <p>
                    <ShopLink link={value.link} />
                </p>
            </div>
        </section>
    );
}
