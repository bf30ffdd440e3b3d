import { Picture } from "../Picture";
import { ShopLink } from "../PlaceLink";
import type { Of } from "./Blocks";

export function Banner({ value, id }: Of<"banner">) {
    return (
        <section className="section" aria-labelledby={id}>
            <div className={`fest${value.tone === "day" ? " tone-day" : ""}`}>
                <div className="say wrap">
                    <h2 id={id}>{value.heading}</h2>
                    {value.text && <p>{value.text}</p>}
                    <ShopLink link={value.link} className="btn haldi" />
                </div>
                <Picture image={value.picture} sizes="100vw" />
            </div>
        </section>
    );
}
