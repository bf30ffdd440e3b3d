import type { Schemas } from "../../api/client";
import { t } from "../../words";
import { Prose } from "../blocks/RichText";
import { Picture } from "../Picture";

type Block = Schemas["Block"];
type Shot = { image: Parameters<typeof Picture>[0]["image"]; caption: string };
type Rows = { rows: { name: string; value: string }[] };

/** What editors have written of a piece, below it. */
export function Body({ blocks }: { blocks: Block[] }) {
    if (blocks.length === 0) return null;
    return (
        <section className="wrap section body-blocks" aria-label={t("More about it")}>
            {blocks.map((block) => (
                <One key={block.id} block={block} />
            ))}
        </section>
    );
}

/** A kind that a newer shop has and this client does not know is left out. */
function One({ block: { type, value } }: { block: Block }) {
    if (type === "text") return <Prose html={String(value)} />;
    if (type === "picture") return <Figure of={value as Shot} />;
    if (type === "specification") return <Table of={value as Rows} />;
    return null;
}

function Figure({ of: { image, caption } }: { of: Shot }) {
    return (
        <figure>
            <div className="tile free">
                <Picture image={image} sizes="(width >= 48rem) 52rem, 100vw" />
            </div>
            {caption && <figcaption className="small muted">{caption}</figcaption>}
        </figure>
    );
}

function Table({ of: { rows } }: { of: Rows }) {
    return (
        <dl className="spec">
            {rows.map(({ name, value }) => (
                <div key={name} style={{ display: "contents" }}>
                    <dt>{name}</dt>
                    <dd>
                        <bdi>{value}</bdi>
                    </dd>
                </div>
            ))}
        </dl>
    );
}
