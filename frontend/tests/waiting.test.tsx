import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Skeleton } from "../src/components/Skeleton";
import { Boundary } from "../src/components/Trouble";

afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
});

test("a skeleton shows after 300 ms and not before", () => {
    vi.useFakeTimers();
    render(<Skeleton kind="cards" />);
    act(() => vi.advanceTimersByTime(299));
    expect(screen.queryByRole("status")).toBeNull();
    act(() => vi.advanceTimersByTime(1));
    expect(screen.getByRole("status")).toHaveTextContent("Fetching it");
});

test("a view that breaks says so; the next address begins afresh", () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const Broken = (): never => {
        throw new Error("broken");
    };
    const { rerender } = render(<Boundary resetKey="/a"><Broken /></Boundary>);
    expect(screen.getByRole("alert")).toHaveTextContent("Something broke on our side");
    rerender(<Boundary resetKey="/b"><p>whole</p></Boundary>);
    expect(screen.getByText("whole")).toBeVisible();
});
