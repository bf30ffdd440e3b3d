/** What the links of mails do. Each secret is good once; the mails lead here because they were asked for here. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "./client";
import { PROFILE } from "./security";
import { renameUser, signedOut, useUser } from "./session";

const client = "app" as const;

export function useConfirmAddress() {
    const queries = useQueryClient();
    const user = useUser();
    return useMutation({
        mutationFn: (token: string) => body(api.POST("/api/self/verify/", { body: { token, client } })),
        onSuccess: async () => {
            await queries.invalidateQueries({ queryKey: PROFILE });
            if (user) renameUser(await body(api.GET("/api/self/")));
        },
    });
}

export function useSendLinkAgain() {
    return useMutation({
        mutationFn: async () => {
            await body(api.POST("/api/self/verify/send/", { body: { client } }));
        },
    });
}

/** Everybody is signed out of the account, here too. */
export function useTakeBack() {
    return useMutation({
        mutationFn: (token: string) => body(api.POST("/api/self/email/undo/", { body: { token } })),
        onSuccess: signedOut,
    });
}

export function useChangeEmail() {
    const queries = useQueryClient();
    return useMutation({
        mutationFn: (change: { email: string; password: string }) => body(api.POST("/api/self/email/", { body: { ...change, client } })),
        onSuccess: (profile) => queries.setQueryData(PROFILE, profile),
    });
}
