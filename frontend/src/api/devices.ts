import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";
import { optimistic } from "./optimistic";

export type Device = Schemas["SignInRow"];
const DEVICES = ["devices"];

export function useDevices() {
    return useQuery({ queryKey: DEVICES, queryFn: async () => (await body(api.GET("/api/self/sessions/"))).results });
}

/** One of them, or all but this one. */
export function useSignOutThere() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (id: number | "others"): Promise<unknown> =>
            id === "others"
                ? body(api.DELETE("/api/self/sessions/"))
                : body(api.DELETE("/api/self/sessions/{sign_in_id}/", { params: { path: { sign_in_id: id } } })),
        ...optimistic<Device[], number | "others">(client, DEVICES, (devices, gone) =>
            devices.filter((device) => (gone === "others" ? device.is_current : device.id !== gone)),
        ),
    });
}
