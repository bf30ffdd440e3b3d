import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { signedOut } from "../src/api/session";
import { destinationOf, type Draft } from "../src/components/checkout/draft";
import { checkout, order, toPayment, typeAddress } from "./checkouts";

afterEach(signedOut);
const address = () => screen.findByRole("heading", { name: "Where should it go?" });

test("Back leads from step to step, and what was typed stays", async () => {
    const { router } = checkout();
    await toPayment();
    expect(router.state.location.search).toBe("?step=payment");
    await act(() => router.navigate(-1));
    await screen.findByRole("heading", { name: "How fast?" });
    await act(() => router.navigate(-1));
    await address();
    expect(screen.getByLabelText("E-mail")).toHaveValue("lost@example.com");
    expect(screen.getByLabelText("State")).toHaveValue("KA");
    await act(() => router.navigate(2));
    expect(await screen.findByRole("radio", { name: /Cash on delivery/ })).toBeChecked();
});

test("a reload stays at its step; half an address stays in the form, but the step after it asks for the whole", async () => {
    const first = checkout();
    await typeAddress();
    await screen.findByRole("heading", { name: "How fast?" });
    first.unmount();
    const second = checkout([], "/checkout?step=payment");
    await screen.findByRole("heading", { name: "How would you like to pay?" });
    await userEvent.type(screen.getByLabelText(/A note to go with a gift/), "For you");
    second.unmount();
    sessionStorage.setItem("checkout", JSON.stringify({ ...JSON.parse(sessionStorage.getItem("checkout")!), sendTo: null }));
    checkout([], "/checkout?step=payment");
    await address();
    expect(screen.getByLabelText("Town")).toHaveValue("Bengaluru");
    await userEvent.click(screen.getByRole("button", { name: "Go on to delivery" }));
    await userEvent.click(await screen.findByRole("button", { name: "Go on to payment" }));
    expect(await screen.findByLabelText(/A note to go with a gift/)).toHaveValue("For you");
});

const refusing = (errors: Record<string, string[]>) => ({ status: 400, body: { code: "invalid", detail: "Some of what was sent cannot be used", errors } });

test("a refused order says why, and leads back to the field", async () => {
    checkout([refusing({ "address.pincode": ["560001 is not a postal code of Karnataka."] })]);
    await toPayment();
    await order();
    const told = await screen.findByRole("alert");
    expect(told).toHaveTextContent("560001 is not a postal code of Karnataka.");
    await userEvent.click(screen.getByRole("button", { name: "Change the address" }));
    await address();
    expect(screen.getByRole("link", { name: "560001 is not a postal code of Karnataka." })).toHaveAttribute("href", "#f-pincode");
    expect(screen.getByLabelText("PIN code")).toBeInvalid();
});

test("a refused delivery leads to the delivery, any other reason is said", async () => {
    checkout([refusing({ shipping_method: ["Not there."], note: ["Too long."] })]);
    await toPayment();
    await order();
    expect(await screen.findByRole("alert")).toHaveTextContent("Too long.");
    await userEvent.click(screen.getByRole("button", { name: "Change the delivery" }));
    await screen.findByRole("heading", { name: "How fast?" });
});

test("a cart that another window has ordered is seen to be empty, with the way to the order", async () => {
    checkout([{ status: 400, body: { code: "cart_empty", detail: "The cart is empty" } }]);
    await toPayment();
    await order();
    expect(await screen.findByText(/Ordered in another window/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Track an order" })).toHaveAttribute("href", "/track");
    expect(screen.queryByRole("button", { name: /^Order now/ })).toBeNull();
});

test("the order has the address, and nothing of it is kept after", async () => {
    const { placings } = checkout();
    await toPayment();
    await order();
    await screen.findByRole("heading", { name: "Order 7" });
    expect(placings()[0]!.body).toMatchObject({ email: "lost@example.com", address: { pincode: "560001", state: "KA" } });
    expect(sessionStorage.length).toBe(0);
});

test("an address of the account is known by its id, and only while it is there", () => {
    const draft = { sendTo: { id: 3 } } as Draft;
    expect(destinationOf(draft, [{ id: 3 } as never], false)).toEqual({ kept: { id: 3 } });
    expect(destinationOf(draft, [], false)).toBeNull();
    expect(destinationOf({ sendTo: { address: {}, email: "" } } as Draft, [], false)).toBeNull();
});
