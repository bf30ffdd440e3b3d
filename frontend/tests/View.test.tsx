import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Problem } from "../src/api/problem";
import type { Asked } from "../src/components/Awaited";
import { AccountView, View } from "../src/components/View";
import Order from "../src/pages/Order";
import OwnReviews from "../src/pages/OwnReviews";
import { serve } from "./server";
import { show } from "./show";

const never = new Promise<never>(() => undefined);
const asked = (data: string | undefined, error: unknown = null): Asked<string> => ({ data, error, refetch: () => undefined });
const title = () => screen.getByRole("heading", { level: 1 });

test.each([View, AccountView])("the title stands at once, with the room of its answer below", async (Shown) => {
    show(<Shown title="Kept" of={asked(undefined)}>{(words) => <p>{words}</p>}</Shown>);
    expect(title()).toHaveTextContent("Kept");
    expect(document.title).toMatch(/^Kept/);
    expect(await screen.findByRole("status")).toHaveTextContent("Fetching it");
});

test("what went wrong stands below the title", () => {
    show(<View title="Kept" of={asked(undefined, new Problem(500))}>{(words) => <p>{words}</p>}</View>);
    expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
    expect(screen.getByRole("alert")).toContainElement(screen.getByRole("heading", { level: 2 }));
    expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
});

test.each([[new TypeError("Failed to fetch")], [new Problem(502)], [new Problem(429)]])(
    "a later reading without an answer leaves what was read (%s)",
    (error) => {
        show(<View title="Kept" of={asked("read before", error)}>{(words) => <p>{words}</p>}</View>);
        expect(screen.getByText("read before")).toBeVisible();
    },
);

test("what is refused now is not shown any longer", () => {
    show(<View title="Kept" of={asked("read before", new Problem(404))}>{(words) => <p>{words}</p>}</View>);
    expect(screen.queryByText("read before")).toBeNull();
});

test.each([
    [<OwnReviews />, "Your reviews"],
    [<Order />, "Order"],
])("a view has its heading while it waits", (view, words) => {
    serve(() => never);
    show(view, { path: "/order/:id", at: "/order/7" });
    expect(title()).toHaveTextContent(words);
});
