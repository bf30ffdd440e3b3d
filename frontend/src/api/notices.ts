import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";
import { optimistic } from "./optimistic";
import { useUser } from "./session";

export type Notice = Schemas["NotificationBody"];
export type Choice = Schemas["ShownPreference"];
export type NoticeChange = { id: number; kind: "read" | "remove" } | { kind: "read-all" };
const NOTICES = ["notices"];
const CHOICES = ["notice-choices"];

export function useNotices(enabled = true) {
    return useQuery({
        queryKey: NOTICES,
        enabled,
        staleTime: 30_000,
        queryFn: async () =>
            (await body(api.GET("/api/notification/", { params: { query: { channel: "in_app" as never, page_size: 100 } } }))).results,
    });
}

/** How many of them are new: what the bell shows. */
export function useNewNotices(): number {
    const { data } = useNotices(useUser() !== null);
    return data?.filter(({ status }) => status !== "read").length ?? 0;
}

export function changeNotices(notices: Notice[], change: NoticeChange): Notice[] {
    if (change.kind === "remove") return notices.filter(({ id }) => id !== change.id);
    const isMeant = (notice: Notice) => change.kind === "read-all" || notice.id === change.id;
    return notices.map((notice) => (isMeant(notice) ? { ...notice, status: "read" as const } : notice));
}

function tell(change: NoticeChange): Promise<unknown> {
    if (change.kind === "read-all") return body(api.POST("/api/notification/read/"));
    const params = { path: { notification_id: change.id } };
    return change.kind === "read"
        ? body(api.PATCH("/api/notification/{notification_id}/", { params, body: { status: "read" } }))
        : body(api.DELETE("/api/notification/{notification_id}/", { params }));
}

export function useNoticeChange() {
    const client = useQueryClient();
    return useMutation({ mutationFn: tell, ...optimistic<Notice[], NoticeChange>(client, NOTICES, changeNotices) });
}

export function useChoices() {
    return useQuery({
        queryKey: CHOICES,
        queryFn: async () => (await body(api.GET("/api/notification/preferences/"))).preferences,
    });
}

type Wanted = Pick<Choice, "topic" | "channel" | "wanted">;

export function useChoose() {
    const client = useQueryClient();
    return useMutation({
        scope: { id: "notice-choices" },
        mutationFn: (choice: Wanted) => body(api.PUT("/api/notification/preferences/", { body: { preferences: [choice] } })),
        ...optimistic<Choice[], Wanted>(client, CHOICES, (choices, { topic, channel, wanted }) =>
            choices.map((one) => (one.topic === topic && one.channel === channel ? { ...one, wanted } : one)),
        ),
    });
}
