import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Block } from "../src/api/site";
import { Blocks } from "../src/components/blocks/Blocks";
import { show } from "./show";

const link = (url: string, kind = "page") => ({ text: `To ${url}`, url, kind, id: 1 });
const card = { id: 1, name: "Mug", url: "/product/mug/", price_text: "₹549", compare_at_text: "", percent_off: null, swatches: [], in_stock: true, image: null, brand: "", maker_place: "" };
const picture = { url: "/p.webp", srcset: "", width: 1, height: 1, alt: "A picture", sources: [{ type: "image/avif", srcset: "/p.avif 320w" }] };

const ALL = [
    { id: "1", type: "hero", value: { heading: "Hero", text: "", tone: "day", picture, links: [link("/search/", "address")] } },
    { id: "2", type: "banner", value: { heading: "Banner", text: "", tone: "night", picture: null, link: link("https://example.com/", "external") } },
    { id: "3", type: "product_carousel", value: { heading: "Carousel", note: "", layout: "lead", products: [card], link: null } },
    { id: "4", type: "category_grid", value: { heading: "Rooms", categories: [{ id: 5, name: "Table", slug: "table", url: "/table/", image: null }], link: null } },
    { id: "5", type: "rich_text", value: { heading: "Words", html: '<p>Read <a href="/delivery/">this</a></p>' } },
    { id: "6", type: "quote", value: { heading: "", quote: "Clay remembers", name: "Rukmini", role: "", picture: null, figures: [], link: null } },
    { id: "7", type: "trust_strip", value: { heading: "", items: [{ icon: "truck", heading: "Fast", text: "" }] } },
] as unknown as Block[];

test("every type of section is shown; one of a newer shop is left out", () => {
    show(<Blocks blocks={[...ALL, { id: "8", type: "hologram", value: {} } as unknown as Block]} />);
    expect(screen.getByRole("heading", { level: 1, name: "Hero" })).toBeVisible();
    for (const name of ["Banner", "Carousel", "Rooms", "Words"]) expect(screen.getByRole("heading", { level: 2, name })).toBeVisible();
    expect(screen.getByRole("link", { name: "Mug" })).toHaveAttribute("href", "/product/mug/");
    expect(screen.getByRole("link", { name: "Table" })).toHaveAttribute("href", "/table/");
    expect(screen.getByText("“Clay remembers”")).toBeVisible();
    expect(screen.getByText("Fast")).toBeVisible();
    expect(screen.getByAltText("A picture")).toHaveAttribute("fetchpriority", "high");
    expect(screen.getByRole("link", { name: /example/ })).toHaveAttribute("rel", "noreferrer");
});

test("a section that breaks takes only itself down", () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const broken = { id: "9", type: "product_carousel", value: { heading: "Broken", products: null } } as unknown as Block;
    show(<Blocks blocks={[broken, ...ALL.slice(1, 2)]} />);
    expect(screen.getByRole("alert")).toHaveTextContent("A part of this page broke");
    expect(screen.getByRole("heading", { name: "Banner" })).toBeVisible();
});
