import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App } from "./App";
import { takeOrderToken } from "./api/orderToken";
import { asProblem } from "./api/problem";
import { resume } from "./api/session";
import { preferences, showPreferences } from "./preferences";
import { loadWords } from "./words";

const client = new QueryClient({
    defaultOptions: {
        queries: {
            // What the server has said no to will not change by asking again; what did not arrive may.
            retry: (count, error) => count < 2 && (asProblem(error).status === 0 || asProblem(error).status >= 500),
        },
    },
});

takeOrderToken();
showPreferences();
// Without its words the page is English: better than none.
await Promise.all([loadWords(preferences().language), resume()]).catch(() => undefined);
createRoot(document.getElementById("root")!).render(
    <StrictMode>
        <QueryClientProvider client={client}>
            <BrowserRouter basename={import.meta.env.BASE_URL}>
                <App />
            </BrowserRouter>
        </QueryClientProvider>
    </StrictMode>,
);
