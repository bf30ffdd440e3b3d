import { expect, test } from "vitest";
import { type Address, addressLines, editable, EMPTY, mistakesIn, tidy } from "../src/address";

const GOOD: Address = {
    ...EMPTY, name: "Kabir Anand", phone: "+919845012345", street: "7, Church Street", city: "Bengaluru", state: "KA", pincode: "560001",
};

test("a good address has no mistakes, however its digits are spaced", () => {
    expect(mistakesIn(GOOD)).toEqual({});
    expect(mistakesIn({ ...GOOD, phone: "098450 12-345", pincode: "560 001" })).toEqual({});
    expect(tidy({ ...GOOD, phone: "98450 12345", pincode: "560 001", gstin: "29abcde1234f1z5" })).toMatchObject({
        phone: "9845012345", pincode: "560001", gstin: "29ABCDE1234F1Z5",
    });
});

test.each([
    ["pincode", "060001"], ["pincode", "56000"], ["pincode", "5600011"], ["pincode", "56000a"], ["pincode", "403001"],
    ["phone", "12345"], ["phone", "5845012345"], ["phone", "98450123456"],
    ["name", " "], ["street", ""], ["city", ""], ["state", ""], ["gstin", "29ABCDE"],
])("%s %j is told at its field alone", (field, value) => {
    expect(Object.keys(mistakesIn({ ...GOOD, [field]: value }))).toEqual([field]);
});

test("a guest leaves an e-mail address, the signed-in need not", () => {
    expect(mistakesIn(GOOD, "nobody")).toHaveProperty("email");
    expect(mistakesIn(GOOD, "kabir@example.com")).toEqual({});
});

test("a kept address comes back into the form with its state as a code", () => {
    expect(editable({ id: 1, ...GOOD, state: "Karnataka" }).state).toBe("KA");
    expect(addressLines(GOOD)).toEqual(["Kabir Anand", "7, Church Street", "Bengaluru, KA, 560001", "+919845012345"]);
});

test("a PIN code is told to lie elsewhere, except where a state is chosen that has parts far away", () => {
    expect(mistakesIn({ ...GOOD, state: "GA" }).pincode).toBe("560001 is not a PIN code of Goa.");
    expect(mistakesIn({ ...GOOD, state: "PY", pincode: "673310" })).toEqual({});
    expect(mistakesIn({ ...GOOD, state: "CH", pincode: "144035" })).toEqual({});
    expect(Object.keys(mistakesIn({ ...GOOD, state: "", pincode: "560001" }))).toEqual(["state"]);
});
