import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Listing } from "../src/components/Listing";
import { serve } from "./server";
import { show } from "./show";

const facets = { category: [], brand: [], price: [], attributes: [] };

test("a chip says what is sold out alone, and ticking what is in stock takes its place", async () => {
    const log = serve(() => ({ body: { count: 0, next: null, previous: null, results: [], facets } }));
    show(<Listing fixed={{}} sorts={[]} />, { path: "/search", at: "/search?in_stock=false&on_sale=0" });
    const chip = await screen.findByRole("button", { name: /^Sold out/ });
    expect(chip).toBeVisible();
    expect(screen.getByRole("button", { name: /^Not reduced/ })).toBeVisible();
    const stock = within(screen.getByRole("group", { name: "Stock" })).getByRole("checkbox", { name: "In stock" });
    expect(stock).not.toBeChecked();
    await userEvent.click(stock);
    expect(await screen.findByRole("button", { name: /^In stock/ })).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Sold out/ })).toBeNull();
    expect(log.at(-1)!.path).toMatch(/in_stock=true/);
});
