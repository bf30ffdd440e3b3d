import type { MouseEvent } from "react";
import { useNavigate } from "react-router";
import type { Of } from "./Blocks";

export function RichText({ value }: Of<"rich_text">) {
    return (
        <section className="section slight wrap">
            {value.heading && (
                <div className="prose">
                    <h2>{value.heading}</h2>
                </div>
            )}
            <Prose html={value.html} />
        </section>
    );
}

/** HTML that the server has made safe. Its links into the shop stay in this client. */
export function Prose({ html }: { html: string }) {
    const goTo = useNavigate();
    function follow(event: MouseEvent<HTMLDivElement>) {
        const href = (event.target as Element).closest("a")?.getAttribute("href");
        if (!href?.startsWith("/") || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        goTo(href);
    }
    return <div className="prose" onClick={follow} dangerouslySetInnerHTML={{ __html: html }} />;
}
