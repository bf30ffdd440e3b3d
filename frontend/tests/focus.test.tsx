import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef, useState } from "react";
import { MemoryRouter, useNavigate, useSearchParams } from "react-router";
import { expect, test } from "vitest";
import { Facets } from "../src/components/Facets";
import { useFocusOnArrival, useHeldFocus } from "../src/focus";

const FACETS = {
    price: [{ min: "100.00", max: "900.00" }],
    brand: [],
    category: [],
    attributes: [{ code: "color", name: "Color", values: [{ value: "indigo", label: "Indigo", count: 3 }, { value: "red", label: "Red", count: 1 }] }],
} as never;
const nothing = () => undefined;

function Shelf() {
    const [params, setParams] = useSearchParams();
    const goTo = useNavigate();
    const change = (edit: (edited: URLSearchParams) => void) => setParams((before) => (edit(before), new URLSearchParams(before)));
    return (
        <main tabIndex={-1} ref={useFocusOnArrival()}>
            <output>{params.toString()}</output>
            <button type="button" onClick={() => goTo("/elsewhere")}>
                Go on
            </button>
            <Facets facets={FACETS} params={params} change={change} isOpen={false} close={nothing} clear={nothing} count={3} />
        </main>
    );
}

const shelf = () =>
    render(
        <MemoryRouter initialEntries={["/table"]}>
            <Shelf />
        </MemoryRouter>,
    );

test("the first filter after a load keeps the focus where it is; another view takes it", async () => {
    shelf();
    const indigo = screen.getByRole("checkbox", { name: /Indigo/ });
    indigo.focus();
    await userEvent.keyboard(" ");
    expect(screen.getByText("attr_color=indigo")).toBeVisible();
    expect(indigo).toHaveFocus();
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    expect(screen.getByRole("main")).toHaveFocus();
});

test("prices are taken when both are written, without throwing out whoever writes them", async () => {
    shelf();
    await userEvent.type(screen.getByRole("textbox", { name: "From" }), "200");
    await userEvent.tab();
    expect(screen.getByRole("textbox", { name: "To" })).toHaveFocus();
    await userEvent.keyboard("500{Enter}");
    expect(screen.getByText("min_price=200&max_price=500")).toBeVisible();
    expect(screen.getByRole("textbox", { name: "To" })).toHaveFocus();
    await userEvent.click(screen.getByRole("checkbox", { name: /Red/ }));
    expect(screen.getByText("min_price=200&max_price=500&attr_color=red")).toBeVisible();
});

function Sheet() {
    const [isOpen, setOpen] = useState(false);
    const box = useRef<HTMLDivElement>(null);
    useHeldFocus(box, isOpen, () => setOpen(false));
    return (
        <div>
            <nav data-testid="under">
                <button type="button" onClick={() => setOpen(true)}>
                    Filter
                </button>
            </nav>
            <div data-testid="around">
                <div ref={box} tabIndex={-1} data-testid="sheet" />
            </div>
        </div>
    );
}

test("what lies over the page makes the rest of it inert, and gives the focus back", async () => {
    render(<Sheet />);
    const inert = (id: string) => Boolean(screen.getByTestId(id).inert);
    await userEvent.click(screen.getByRole("button"));
    expect(screen.getByTestId("sheet")).toHaveFocus();
    expect([inert("under"), inert("around"), inert("sheet")]).toEqual([true, false, false]);
    await userEvent.keyboard("{Escape}");
    expect(inert("under")).toBe(false);
    expect(screen.getByRole("button", { name: "Filter" })).toHaveFocus();
});
