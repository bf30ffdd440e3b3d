/** The ways in beside the password, and what comes after the first proof. Each ends in the same: tokens, or a question. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";
import { entered } from "./account";
import { askForAnyPasskey, askForTheirPasskey, showPasskey } from "./passkeys";
import { asProblem } from "./problem";

type SignedIn = Schemas["SignedIn"];

/** One way in: its answer signs in. */
function useEntry<Asked>(ask: (asked: Asked) => Promise<SignedIn>) {
    const client = useQueryClient();
    return useMutation({ mutationFn: ask, onSuccess: (answer) => entered(client, answer) });
}

export type Question = { kind: "show" | "set up"; challenge: string; methods: string[] };

/** What the server asks after a good first proof; null where it asks nothing. */
export function questionIn(error: unknown): Question | null {
    const { code, members } = asProblem(error);
    const kind = ({ second_factor_required: "show", second_factor_setup_required: "set up" } as const)[code];
    return kind ? { kind, challenge: String(members.challenge ?? ""), methods: (members.methods as string[] | undefined) ?? [] } : null;
}

export function useSecondFactor() {
    return useEntry((asked: { challenge: string; code: string }) =>
        body(api.POST("/api/self/second-factor/", { body: { ...asked, cookie: true } })),
    );
}

export function useSecondFactorByPasskey() {
    return useEntry(async (challenge: string) => {
        const shown = await showPasskey(await askForTheirPasskey(challenge));
        return body(api.POST("/api/self/second-factor/", { body: { ...shown, cookie: true } }));
    });
}

export function usePasskeySignIn() {
    return useEntry(async () => {
        const shown = await showPasskey(await askForAnyPasskey());
        return body(api.POST("/api/self/passkey/", { body: { ...shown, cookie: true } }));
    });
}

/** Staff without a second factor: the seed of an app, asked for once for each sign-in. */
export function useSetUp(challenge: string) {
    return useQuery({
        queryKey: ["set up", challenge],
        staleTime: Infinity,
        gcTime: 0,
        retry: false,
        queryFn: () => body(api.POST("/api/self/second-factor/setup/", { body: { challenge } })),
    });
}

/** Signs in, but only once `goOn` is called: until then the recovery codes stand there, and are shown never again. */
export function useConfirmSetUp() {
    const client = useQueryClient();
    const confirm = useMutation({
        mutationFn: (asked: { challenge: string; setup: string; code: string }) =>
            body(api.POST("/api/self/second-factor/setup/confirm/", { body: { ...asked, cookie: true } })),
    });
    return { ...confirm, goOn: () => confirm.data && entered(client, confirm.data) };
}

export function useAskCode() {
    return useMutation({ mutationFn: (phone: string) => body(api.POST("/api/self/code/", { body: { phone } })) });
}

export function useCodeSignIn() {
    return useEntry((asked: { challenge: string; code: string }) =>
        body(api.POST("/api/self/code/confirm/", { body: { ...asked, cookie: true } })),
    );
}

export function useForgotten() {
    return useMutation({ mutationFn: (email: string) => body(api.POST("/api/self/password/reset/", { body: { email, client: "app" } })) });
}

export function useNewPassword() {
    return useMutation({
        mutationFn: (asked: Schemas["ConfirmResetRequest"]) => body(api.POST("/api/self/password/reset/confirm/", { body: asked })),
    });
}
