/** Which variant a choice of options means. */
import type { Schemas } from "./api/client";

export type Variant = Schemas["VariantOut"];
export type Chosen = Record<string, string>;

export function firstChoice(variants: Variant[]): Chosen {
    return optionsOf(variants.find((variant) => variant.in_stock) ?? variants[0]);
}

export function optionsOf(variant: Variant | undefined): Chosen {
    return (variant?.options ?? {}) as Chosen;
}

export function findVariant(variants: Variant[], chosen: Chosen): Variant | undefined {
    return variants.find((variant) => Object.entries(optionsOf(variant)).every(([code, value]) => chosen[code] === value));
}

/** One option changed, the others kept where that variant exists, else the nearest that does. */
export function chooseOption(variants: Variant[], chosen: Chosen, code: string, value: string): Chosen {
    const wanted = { ...chosen, [code]: value };
    const fits = findVariant(variants, wanted);
    return optionsOf(fits ?? variants.find((variant) => optionsOf(variant)[code] === value));
}

export function hasStock(variants: Variant[], chosen: Chosen, code: string, value: string): boolean {
    return findVariant(variants, { ...chosen, [code]: value })?.in_stock ?? false;
}
