import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Toasts } from "../src/components/Toasts";
import Addresses from "../src/pages/Addresses";
import { serve } from "./server";
import { show } from "./show";

const KEPT = {
    id: 4, name: "Asha Rao", phone: "+919845012345", street: "7, Church Street", landmark: "", city: "Bengaluru",
    state: "Karnataka", pincode: "560001", country: "IN", gstin: "", is_default: true,
};

test("an address that was removed by mistake comes back with one press, first as it was", async () => {
    let kept = [KEPT];
    const log = serve(({ method }) => {
        if (method === "DELETE") kept = [];
        return method === "DELETE" ? { status: 204 } : { body: method === "GET" ? { results: kept } : KEPT };
    });
    show(<><Addresses /><Toasts /></>);
    await userEvent.click(await screen.findByRole("button", { name: "Remove Asha Rao, Bengaluru" }));
    await waitFor(() => expect(screen.queryByText("7, Church Street")).toBeNull());
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(log.find(({ method }) => method === "POST")).toBeTruthy());
    const { id: _id, ...written } = KEPT;
    expect(log.find(({ method }) => method === "POST")!.body).toEqual({ ...written, state: "KA" });
});
