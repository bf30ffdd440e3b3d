import { t } from "../../words";
import { Icon } from "../Icon";
import type { Of } from "./Blocks";

export function TrustStrip({ value, id }: Of<"trust_strip">) {
    return (
        <section className="section wrap" aria-labelledby={id}>
            <h2 className="sr" id={id}>
                {value.heading || t("How we look after you")}
            </h2>
            <ul className="trust four">
                {value.items.map((item) => (
                    <li key={item.heading}>
                        <Icon name={item.icon || "check"} />
                        <b>{item.heading}</b>
                        <span>{item.text}</span>
                    </li>
                ))}
            </ul>
        </section>
    );
}
