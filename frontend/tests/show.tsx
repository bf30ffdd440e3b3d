import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { MemoryRouter, Route, Routes } from "react-router";

/** One view at an address, with nothing around it. */
export function show(view: ReactElement, { path = "/", at = "/" } = {}) {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    return render(
        <QueryClientProvider client={client}>
            <MemoryRouter initialEntries={[at]}>
                <Routes>
                    <Route path={path} element={view} />
                    <Route path="*" element={<p>elsewhere</p>} />
                </Routes>
            </MemoryRouter>
        </QueryClientProvider>,
    );
}
