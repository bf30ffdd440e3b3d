/** Own second factors, and the number that a code is sent to. What changes them wants a fresh proof of who it is. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";
import { makePasskey } from "./passkeys";

export type Factors = Schemas["Factors"];
const FACTORS = ["factors"];

export function useFactors() {
    return useQuery({ queryKey: FACTORS, queryFn: () => body(api.GET("/api/self/mfa/")) });
}

/** A change after which the list is asked for anew. */
function useChange<Asked, Answer>(change: (asked: Asked) => Promise<Answer>) {
    const client = useQueryClient();
    return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: FACTORS }) });
}

export const useConfirmMe = () =>
    useMutation({ mutationFn: (password: string) => body(api.POST("/api/self/confirm/", { body: { password } })) });

export const useBeginApp = () => useMutation({ mutationFn: () => body(api.POST("/api/self/mfa/totp/")) });

export const useConfirmApp = () =>
    useChange((asked: Schemas["ConfirmTotpRequest"]) => body(api.POST("/api/self/mfa/totp/confirm/", { body: asked })));

export const useDropApp = () => useChange(() => body(api.DELETE("/api/self/mfa/totp/")) as Promise<unknown>);

export const useNewCodes = () => useChange(() => body(api.POST("/api/self/mfa/recovery-codes/")));

export const useAddPasskey = () =>
    useChange(async (name: string) => {
        const made = await makePasskey(await body(api.POST("/api/self/mfa/passkeys/begin/")));
        return body(api.POST("/api/self/mfa/passkeys/", { body: { ...made, name } }));
    });

export const useDropPasskey = () =>
    useChange((id: number) => body(api.DELETE("/api/self/mfa/passkeys/{factor_id}/", { params: { path: { factor_id: id } } })) as Promise<unknown>);

export const PROFILE = ["own profile"];

/** The whole of it: what is told at sign-in leaves out whether the number is confirmed. */
export function useOwnProfile() {
    return useQuery({ queryKey: PROFILE, queryFn: () => body(api.GET("/api/self/")) });
}

export const useAskPhoneCode = () =>
    useMutation({ mutationFn: (phone: string) => body(api.POST("/api/self/phone/", { body: { phone } })) });

export function useConfirmPhone() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (asked: { challenge: string; code: string }) => body(api.POST("/api/self/phone/confirm/", { body: asked })),
        onSuccess: (profile) => client.setQueryData(PROFILE, profile),
    });
}
