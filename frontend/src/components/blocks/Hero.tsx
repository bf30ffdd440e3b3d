import { Picture } from "../Picture";
import { ShopLink } from "../PlaceLink";
import type { Of } from "./Blocks";

export function Hero({ value, isFirst }: Of<"hero">) {
    const Heading = isFirst ? "h1" : "h2";
    return (
        <section className={`hero${value.tone === "night" ? " tone-night" : ""}`}>
            <div className="pic">
                <Picture image={value.picture} sizes="100vw" eager={isFirst} />
            </div>
            <div className="say wrap">
                <Heading>{value.heading}</Heading>
                {value.text && <p>{value.text}</p>}
                <div className="acts">
                    {value.links.map((link, index) => (
                        <ShopLink key={link.url} link={link} className={index === 0 ? "btn" : undefined} />
                    ))}
                </div>
            </div>
        </section>
    );
}
