import type { ComponentType } from "react";
import type { Block } from "../../api/site";
import { Boundary } from "../Trouble";
import { Banner } from "./Banner";
import { CategoryGrid } from "./CategoryGrid";
import { Hero } from "./Hero";
import { ProductCarousel } from "./ProductCarousel";
import { Quote } from "./Quote";
import { RichText } from "./RichText";
import { TrustStrip } from "./TrustStrip";

export type Of<Type extends Block["type"]> = { value: Extract<Block, { type: Type }>["value"]; id: string; isFirst: boolean };

/** A component for every type of the document: one that is missing does not compile. */
const SECTIONS: { [Type in Block["type"]]: ComponentType<Of<Type>> } = {
    hero: Hero,
    banner: Banner,
    product_carousel: ProductCarousel,
    category_grid: CategoryGrid,
    rich_text: RichText,
    quote: Quote,
    trust_strip: TrustStrip,
};

/** The sections of a page. A type that a newer shop has and this client does not know is left out. */
export function Blocks({ blocks }: { blocks: Block[] }) {
    return blocks.map((block, index) => {
        const Section = SECTIONS[block.type] as ComponentType<{ value: unknown; id: string; isFirst: boolean }> | undefined;
        if (!Section) return null;
        const id = block.id ?? String(index);
        return (
            <Boundary key={id} resetKey={id} isPart>
                <Section value={block.value} id={`b-${id}`} isFirst={index === 0} />
            </Boundary>
        );
    });
}
