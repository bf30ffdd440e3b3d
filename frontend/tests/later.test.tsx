import { render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { expect, test } from "vitest";
import { later } from "../src/later";

const view = (name: string) => later<{ id: number }>(async () => ({ default: ({ id }) => <p>{`${name} ${id}`}</p> }));
const shown = (View: ReturnType<typeof view>) => <Suspense fallback={<p>coming</p>}><View id={7} /></Suspense>;

test("a view whose code is here is drawn at once", async () => {
    const View = view("cup");
    await View.fetch();
    render(shown(View));
    expect(screen.getByText("cup 7")).toBeVisible();
});

test("another one is waited for, and stays what it is when its code comes", async () => {
    const View = view("bowl");
    const { rerender } = render(shown(View));
    expect(screen.getByText("coming")).toBeVisible();
    const drawn = await screen.findByText("bowl 7");
    await View.fetch();
    rerender(shown(View));
    expect(screen.getByText("bowl 7")).toBe(drawn);
});
