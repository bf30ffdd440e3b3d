import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App, fetchAhead } from "./App";
import { earlyView } from "./api/client";
import { takeOrderToken } from "./api/orderToken";
import { asProblem } from "./api/problem";
import { resume } from "./api/session";
import { fetchView } from "./pages/Place";
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
await Promise.all([loadWords(preferences().language), resume(), fetchView(earlyView())]).catch(() => undefined);
const root = createRoot(document.getElementById("root")!);
// In small steps, so that a press or a scroll in between is not held up; the door's view stays until all of it is ready.
startTransition(() =>
    root.render(
        <StrictMode>
            <QueryClientProvider client={client}>
                <BrowserRouter basename={import.meta.env.BASE_URL}>
                    <App />
                </BrowserRouter>
            </QueryClientProvider>
        </StrictMode>,
    ),
);

// Once the page has come to rest, unless its owner pays for every byte.
const { connection } = navigator as { connection?: { saveData?: boolean } };
if (!connection?.saveData) setTimeout(() => void fetchAhead().catch(() => undefined), 4000);
