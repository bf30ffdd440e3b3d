import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import type { Address, KeptAddress } from "../address";
import { api, body, keepCartToken, type Schemas } from "./client";
import { optimistic } from "./optimistic";
import { renameUser, signedIn, signedOut, useUser } from "./session";

/** The guest's cart goes along: the server merges what `X-Cart-Token` names, and the token has done its work. */
export function useSignIn() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (asked: { username: string; password: string }) => body(api.POST("/api/self/", { body: { ...asked, cookie: true } })),
        onSuccess: (answer) => entered(client, answer),
    });
}

/** Signed in: what was asked for as a guest is asked for anew. */
export function entered(client: QueryClient, answer: Schemas["SignedIn"]): Promise<void> {
    signedIn(answer);
    keepCartToken("");
    return client.resetQueries();
}

export function useSignUp() {
    return useMutation({
        mutationFn: (asked: { email: string; password: string; name: string }) => body(api.POST("/api/users/", { body: { ...asked, client: "app" } })),
    });
}

export function useSignOut() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: () => body(api.POST("/api/self/logout/", { body: {} })),
        onSettled: () => {
            signedOut();
            return client.resetQueries();
        },
    });
}

/** A view for the signed-in: everyone else signs in first and comes back. */
export function useNeedsSignIn() {
    const user = useUser();
    const goTo = useNavigate();
    const { pathname } = useLocation();
    useEffect(() => {
        if (!user) goTo(`/sign-in?next=${encodeURIComponent(pathname)}`, { replace: true });
    }, [user, goTo, pathname]);
    return user;
}

export function useAddresses(enabled = true) {
    return useQuery({
        queryKey: ["addresses"],
        enabled,
        queryFn: async () => (await body(api.GET("/api/address/", { params: { query: { page_size: 100 } } }))).results,
    });
}

export type AddressChange =
    | { kind: "save"; id?: number; address: Address; isDefault?: boolean }
    | { kind: "default"; id: number }
    | { kind: "remove"; id: number };

function tell(change: AddressChange): Promise<unknown> {
    if (change.kind === "default") return body(api.PUT("/api/address/default/", { body: { id: change.id } }));
    if (change.kind === "remove")
        return body(api.DELETE("/api/address/{address_id}/", { params: { path: { address_id: change.id } } }));
    const written = { ...change.address, ...(change.isDefault ? { is_default: true } : {}) };
    if (!change.id) return body(api.POST("/api/address/", { body: written }));
    return body(api.PATCH("/api/address/{address_id}/", { params: { path: { address_id: change.id } }, body: written }));
}

/** What can be known before the answer: which one is the default, and which is gone. What was typed the server tidies. */
export function changeAddresses(addresses: KeptAddress[], change: AddressChange): KeptAddress[] {
    if (change.kind === "remove") return addresses.filter(({ id }) => id !== change.id);
    if (change.kind === "save") return addresses;
    return addresses.map((address) => ({ ...address, is_default: address.id === change.id }));
}

export function useChangeAddress() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (change: AddressChange) => tell(change) as Promise<KeptAddress>,
        ...optimistic<KeptAddress[], AddressChange>(client, ["addresses"], changeAddresses),
    });
}

export function useChangeProfile() {
    return useMutation({
        mutationFn: (change: Schemas["PatchedChangeProfileRequest"]) => body(api.PATCH("/api/self/", { body: change })),
        onSuccess: renameUser,
    });
}

export function useChangePassword() {
    return useMutation({
        mutationFn: (change: Schemas["ChangePasswordRequest"]) => body(api.POST("/api/self/password/", { body: change })),
        onSuccess: signedOut,
    });
}
