import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { useEffect } from "react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider, useParams } from "react-router";
import { arrived } from "../src/api/attempt";
import Checkout from "../src/pages/Checkout";
import { cartOf } from "./carts";
import { type Asked, serve } from "./server";

export const OFFER = {
    code: "standard", name: "Standard", price: "49.00", currency: "INR", earliest_date: "2026-12-01", latest_date: "2026-12-04",
    cod: true, cod_fee: "0.00", cod_refusal: "",
};

type Answer = { status?: number; body?: unknown };

/** A guest's checkout; `answers` are those to placing, one after another. "lost" is none. */
export function checkout(answers: (Answer | "lost")[] = [], at = "/checkout") {
    let items = cartOf([1, 1, "500.00"]);
    const asked = serve(({ method, path }) => {
        if (path.startsWith("/api/cart/shipping/")) return { body: [OFFER] };
        if (path === "/api/cart/") return { body: items };
        if (method !== "POST" || !path.startsWith("/api/order/")) return { body: [] };
        items = cartOf();
        const answer = answers.shift() ?? { body: { id: 7, number: "OS-7", payment: { method: "cod" } } };
        if (answer === "lost") throw new TypeError("Failed to fetch");
        const isEmptied = (answer.body as { code?: string } | undefined)?.code === "cart_empty"; // from another window
        if ((answer.status ?? 200) >= 400 && !isEmptied) items = cartOf([1, 1, "500.00"]);
        return answer;
    });
    const router = createMemoryRouter(
        [{ path: "/checkout", element: <Checkout /> }, { path: "/order/:id", element: <ItsPage /> }, { path: "*", element: <p>elsewhere</p> }],
        { initialEntries: [at] },
    );
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const shown = render(
        <QueryClientProvider client={client}>
            <RouterProvider router={router} />
        </QueryClientProvider>,
    );
    return { asked, router, ...shown, placings: () => asked.filter(isPlacing) };
}

const isPlacing = ({ method, path }: Asked) => method === "POST" && path.startsWith("/api/order/");
const ItsPage = () => {
    const id = Number(useParams().id);
    useEffect(() => arrived({ id } as never), [id]);
    return <h1>Order {id}</h1>;
};

const TYPED: [string, string][] = [
    ["E-mail", "lost@example.com"], ["Mobile number", "9845012345"], ["Name", "L Ost"], ["PIN code", "560001"],
    ["Town", "Bengaluru"], ["House and street", "7 Church Street"],
];

export async function typeAddress(state = "KA") {
    await screen.findByLabelText("E-mail");
    for (const [label, value] of [...TYPED, ["State", state]] as const)
        fireEvent.change(screen.getByLabelText(label), { target: { value } });
    await userEvent.click(screen.getByRole("button", { name: "Go on to delivery" }));
}

export async function toPayment() {
    await typeAddress();
    await userEvent.click(await screen.findByRole("button", { name: "Go on to payment" }));
    await userEvent.click(await screen.findByRole("radio", { name: /Cash on delivery/ }));
}

export const order = () => userEvent.click(screen.getByRole("button", { name: /^Order now/ }));
