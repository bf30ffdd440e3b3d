import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { signedOut } from "../src/api/session";
import { ShownProduct } from "../src/pages/Product";
import { cartOf } from "./carts";
import { signIn } from "./people";
import { serve } from "./server";
import { show } from "./show";

afterEach(signedOut);
const variant = (id: number, size: string, stock: number) => ({
    id, sku: `OS-${id}`, options: { size }, price: "549.00", currency: "INR", compare_at_price: null, stock, in_stock: stock > 0,
});
const MUG = {
    id: 12, name: "Mug", lang: "", url: "/product/mug/", seo: { description: "" }, description: "", breadcrumbs: [], images: [], image: null,
    body: [], related: [], maker: null, maker_place: "", rating: null, review_count: 0, attributes: [], price_includes_tax: true,
    options: [{ code: "size", name: "Size", values: [{ value: "s", label: "Small" }, { value: "l", label: "Large" }] }],
    variants: [variant(1, "s", 3), variant(2, "l", 0)],
} as never;

function shown(answer: { status?: number; body?: unknown }) {
    const asked = serve(({ path }) => {
        if (path.endsWith("/stock-alert/")) return answer;
        return path === "/api/cart/" ? { body: cartOf() } : new Promise<never>(() => undefined);
    });
    show(<ShownProduct product={MUG} />);
    return () => asked.filter(({ path }) => path.endsWith("/stock-alert/"));
}

const chooseLarge = () => userEvent.click(screen.getByRole("button", { name: "Large" }));
const press = () => userEvent.click(screen.getByRole("button", { name: "Tell me" }));

test("a guest asks for a letter when the sold-out size is back", async () => {
    const asked = shown({ status: 201, body: { email: "gee@example.com" } });
    expect(screen.queryByRole("button", { name: /^Tell me/ })).toBeNull();
    await chooseLarge();
    await press();
    expect(await screen.findByText("Write the whole address, like name@example.com.")).toBeVisible();
    expect(screen.getByLabelText("Tell me when it is back")).toHaveFocus();
    expect(asked()).toEqual([]);
    await userEvent.type(screen.getByLabelText("Tell me when it is back"), "gee@example.com");
    await press();
    const told = await screen.findByText("We write to gee@example.com when it is back.");
    expect(told.closest("[role=status]")).toHaveFocus();
    expect(asked()[0]).toMatchObject({ path: "/api/product/12/stock-alert/", body: { variant_id: 2, email: "gee@example.com" } });
});

test("an account is told at its own address", async () => {
    signIn();
    const asked = shown({ status: 201, body: { email: "asha@example.com" } });
    await chooseLarge();
    expect(screen.queryByLabelText("Tell me when it is back")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Tell me when it is back" }));
    await screen.findByText("We write to asha@example.com when it is back.");
    expect(asked()[0]!.body).toEqual({ variant_id: 2 });
});

test.each([
    [{ status: 409, body: { code: "in_stock", detail: "It can be bought now." } }, "It can be bought now."],
    [{ status: 400, body: { code: "invalid", detail: "Not so.", errors: { email: ["Enter a valid email address."] } } }, "Enter a valid email address."],
    [{ status: 429, body: {} }, "That was a lot in a short time."],
    [{ status: 404, body: {} }, "That is not here, or not yours."],
])("a refusal is told: %j", async (answer, words) => {
    const asked = shown(answer);
    await chooseLarge();
    await userEvent.type(screen.getByLabelText("Tell me when it is back"), "gee@example.com");
    await press();
    expect(await screen.findByText(words, { exact: false })).toBeVisible();
    await waitFor(() => expect(asked()).toHaveLength(1));
});
