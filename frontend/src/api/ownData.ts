/** One's own data: what was agreed to, everything in one file, and the end of the account. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, keepCartToken } from "./client";
import { forgetVisitor } from "./consent";
import { asProblem } from "./problem";
import { signedOut } from "./session";

/** What this person has said, wherever they were; the newest first. */
export function useSaidBefore() {
    return useQuery({ queryKey: ["said before"], queryFn: async () => (await body(api.GET("/api/consent/"))).choices });
}

/** Everything, as a file that programs can read. Nobody else is sent it: it lies in this window until it is saved. */
export function useGather() {
    return useMutation({
        mutationFn: async () => {
            const everything = await body(api.GET("/api/self/export/"));
            const file = new Blob([JSON.stringify(everything, null, 2)], { type: "application/json" });
            return { url: URL.createObjectURL(file), bytes: file.size };
        },
    });
}

export type Closing = { password: string; confirmed: boolean };

/** What would lapse with it and was not agreed to yet, such as store credit; empty where that is not why it was refused. */
export function lapsesIn(error: unknown): string[] {
    const { code, status, members } = asProblem(error);
    return code === "confirmation_needed" && status === 409 ? (members.lapses as string[]) : [];
}

/** For good. The password is shown first, so that nobody does it at somebody else's open browser. */
export function useCloseAccount(after: () => void) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: async ({ password, confirmed }: Closing) => {
            if (password) await body(api.POST("/api/self/confirm/", { body: { password } }));
            await body(api.DELETE("/api/self/", { params: { query: confirmed ? { confirm: true } : {} } }));
        },
        onSuccess: async () => {
            signedOut(); // the pages of the account lead to the sign-in by themselves; from there on to `after`
            keepCartToken("");
            await Promise.allSettled([api.POST("/api/self/logout/", { body: {} }), forgetVisitor()]);
            after();
            return client.resetQueries();
        },
    });
}
