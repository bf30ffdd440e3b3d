import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "./client";

export type Complaint = Schemas["Complaint"];

export function useComplaints() {
    return useQuery({
        queryKey: ["complaints"],
        queryFn: async () => {
            // The answer is a page; the document says a bare list.
            const page = await body(api.GET("/api/complaint/"));
            return ((page as unknown as { results?: Complaint[] }).results ?? page) as Complaint[];
        },
    });
}

export function useComplain() {
    const client = useQueryClient();
    return useMutation({
        mutationFn: (written: Schemas["ComplaintBodyRequest"]) => body(api.POST("/api/complaint/", { body: written })),
        onSuccess: () => client.invalidateQueries({ queryKey: ["complaints"] }),
    });
}
