import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { Body } from "../src/components/product/Body";
import { Buy } from "../src/components/product/Buy";
import { cartOf } from "./carts";
import { type Asked, serve } from "./server";
import { show } from "./show";

const VARIANT = { id: 5, sku: "MUG", options: {}, price: "549.00", compare_at_price: null, currency: "INR", stock: 9, in_stock: true, image: null, max_quantity: 999 };
const MUG = {
    id: 1, name: "Mug", lang: "", maker_place: "Khurja", rating: null, review_count: 0, price_includes_tax: true, description: "",
    options: [], variants: [VARIANT], attributes: [], images: [], image: null, url: "/product/mug/",
} as never;
const OFFERS = [
    { code: "flat", name: "Standard", price: "49.00", currency: "INR", latest_date: "2026-12-05", cod: true },
    { code: "express", name: "Express", price: "149.00", currency: "INR", latest_date: "2026-12-02", cod: false },
];
let log: Asked[];
let answer = () => undefined as void;

beforeEach(() => {
    log = serve(async ({ method, path }) => {
        if (path.startsWith("/api/cart/shipping/")) return { body: path.endsWith("110001") ? OFFERS : [] };
        if (method === "GET") return { body: path === "/api/cart/" ? cartOf([1, 1, "549.00"]) : [] };
        await new Promise<void>((resolve) => (answer = resolve));
        return { status: 201, body: {} };
    });
    show(<Buy product={MUG} showPicture={() => undefined} />);
});

test("a double click puts one piece into the cart, and leaves open what shows it", async () => {
    await userEvent.dblClick(screen.getByRole("button", { name: "Add to cart" }));
    answer();
    const drawer = await screen.findByRole("dialog", { name: "In your cart" });
    expect(log.filter(({ method }) => method === "POST")).toHaveLength(1);
    const around = drawer.parentElement!;
    await waitFor(() => expect(around).toHaveAttribute("data-open"));
    fireEvent.click(around, { detail: 2 }); // the second half of the double click lands beside it
    expect(around).toHaveAttribute("data-open");
    fireEvent.click(around, { detail: 1 });
    expect(around).not.toHaveAttribute("data-open");
});

test("a PIN code is answered with the day by each way; one that cannot be is told at once", async () => {
    const field = screen.getByRole("textbox", { name: /When does it reach you/ });
    await userEvent.type(field, "011{Enter}");
    expect(screen.getByText(/six digits and does not begin with 0/)).toBeVisible();
    expect(log.some(({ path }) => path.startsWith("/api/cart/shipping/"))).toBe(false);
    await userEvent.clear(field);
    await userEvent.type(field, "110 001{Enter}");
    expect(await screen.findByText("By 5 December 2026.")).toBeVisible();
    expect(screen.getByText(/Express/)).toHaveTextContent("By 2 December 2026. Express. No cash on delivery.");
    expect(screen.queryByText(/six digits/)).toBeNull();
    await userEvent.clear(field);
    await userEvent.type(field, "799001{Enter}");
    expect(await screen.findByText("We do not deliver to this PIN code yet.")).toBeVisible();
});

test("what editors wrote of a piece is shown; a kind of a newer shop is left out", () => {
    show(
        <Body
            blocks={[
                { id: "a", type: "text", value: "<p>Thrown from one ball of clay.</p>" },
                { id: "b", type: "specification", value: { rows: [{ name: "Weight", value: "420 g" }] } },
                { id: "c", type: "picture", value: { image: { url: "/a.jpg", width: 4, height: 3, alt: "The kiln" }, caption: "Fired twice" } },
                { id: "d", type: "film" as never, value: {} },
            ]}
        />,
    );
    for (const words of ["Thrown from one ball of clay.", "Weight", "420 g", "Fired twice"]) expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByRole("img", { name: "The kiln" })).toBeVisible();
});
