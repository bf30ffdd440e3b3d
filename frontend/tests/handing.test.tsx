import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { MemoryRouter } from "react-router";
import { afterEach, expect, test } from "vitest";
import { signedOut } from "../src/api/session";
import { handFocusOn } from "../src/focus";
import Addresses from "../src/pages/Addresses";
import Cart from "../src/pages/Cart";
import Notices from "../src/pages/Notices";
import Wishes from "../src/pages/Wishes";
import { cartOf } from "./carts";
import { checkout, typeAddress } from "./checkouts";
import { signIn } from "./people";
import { serve } from "./server";

afterEach(signedOut);

function inTheShop(view: ReactElement) {
    render(
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
            <MemoryRouter>
                <div ref={handFocusOn}>
                    <main>{view}</main>
                </div>
            </MemoryRouter>
        </QueryClientProvider>,
    );
}

async function press(name: RegExp | string) {
    const button = await screen.findByRole("button", { name });
    button.focus();
    await userEvent.keyboard("{Enter}");
}

const focused = () => document.activeElement;

test("a line taken out of the cart hands the focus to the next, the last one to the heading", async () => {
    let lines: [number, number, string][] = [[1, 1, "100.00"], [2, 1, "10.00"]];
    serve(({ method, path }) => {
        if (path === "/api/cart/saved/") return { body: [] };
        if (method !== "DELETE") return { body: cartOf(...lines) };
        lines = lines.filter(([id]) => !path.endsWith(`/${id}/`));
        return { status: 204 };
    });
    inTheShop(<Cart />);
    await press("Remove Piece 1");
    await waitFor(() => expect(focused()?.tagName).toBe("LI"));
    expect(focused()).toHaveTextContent("Piece 2");
    await press("Remove Piece 2");
    await waitFor(() => expect(focused()).toBe(screen.getByRole("heading", { name: "Your cart", level: 1 })));
});

const ADDRESSES = [1, 2].map((id) => ({
    id, name: `Asha ${id}`, phone: "+919845012345", street: "1 Church Street", landmark: "", city: "Bengaluru", state: "Karnataka",
    pincode: "560001", country: "IN", gstin: "", is_default: id === 1,
}));
const NOTICES = [1, 2].map((id) => ({ id, subject: `News ${id}`, message: "", created_at: "2026-11-01T10:00:00Z", status: "sent", order: null }));
const WISHES = [1, 2].map((id) => ({ id, product_id: id, product: null, price: null, price_dropped: false, price_when_added: null }));

test.each([
    ["address", <Addresses />, ADDRESSES, /^Remove Asha 2/, "Asha 1"],
    ["notice", <Notices />, NOTICES, /^Delete.*News 1/, "News 2"],
])("a removed %s hands the focus to what is beside it", async (_kind, view, results, button, beside) => {
    signIn();
    let left: { id: number }[] = results;
    serve(({ method, path }) => {
        if (method === "DELETE") left = left.filter(({ id }) => !path.endsWith(`/${id}/`));
        return method === "DELETE" ? { status: 204 } : { body: { results: left } };
    });
    inTheShop(view);
    await press(button);
    await waitFor(() => expect(focused()?.tagName).toBe("LI"));
    expect(focused()).toHaveTextContent(beside);
});

test("the last wish hands it to the heading of the list", async () => {
    signIn();
    let left = WISHES.slice(0, 1);
    serve(({ method }) => (method === "DELETE" ? ((left = []), { status: 204 }) : { body: { results: left } }));
    inTheShop(<Wishes />);
    await press(/^Remove/);
    await waitFor(() => expect(focused()).toBe(screen.getByRole("heading", { name: "Wishlist" })));
});

test("a part of a row hands it to its row, and what was left by hand hands on nothing", async () => {
    signIn();
    let status = "sent";
    serve(({ method }) => {
        if (method !== "GET") status = "read";
        return { body: { results: NOTICES.map((notice) => (notice.id === 1 ? { ...notice, status } : notice)) } };
    });
    inTheShop(<Notices />);
    await press(/^Mark as read.*News 1/);
    await waitFor(() => expect(focused()?.tagName).toBe("LI"));
    expect(focused()).toHaveTextContent("News 1");
    const all = screen.getByRole("button", { name: "Mark all as read" });
    all.focus();
    all.blur();
    await new Promise((resolve) => setTimeout(resolve));
    all.parentElement!.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(focused()).toBe(document.body);
});

test("each step of the checkout is read out by its heading, but not the one that comes with the page", async () => {
    checkout();
    expect(await screen.findByRole("heading", { name: "Where should it go?" })).not.toHaveFocus();
    await typeAddress();
    await waitFor(() => expect(screen.getByRole("heading", { name: "How fast?" })).toHaveFocus());
    await press("Go on to payment");
    expect(screen.getByRole("heading", { name: "How would you like to pay?" })).toHaveFocus();
    await press("Change Delivery address");
    expect(screen.getByRole("heading", { name: "Where should it go?" })).toHaveFocus();
});
