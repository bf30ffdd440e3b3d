import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";

export type Complaint = Schemas["Complaint"];

export function useComplaints() {
    return useQuery({
        queryKey: ["complaints"],
        queryFn: async () => (await body(api.GET("/api/complaint/", { params: { query: { page_size: 100 } } }))).results,
    });
}

export function useComplain() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (written: Schemas["ComplaintBodyRequest"]) => body(api.POST("/api/complaint/", { body: written })),
        onSuccess: () => client.invalidateQueries({ queryKey: ["complaints"] }),
    });
}
