/** What can be known of an address before it is sent: by the server's own rules, which have the last word. */
import type { Schemas } from "./api/client";
import { t } from "./words";

export type Address = Record<keyof Omit<Schemas["AddressBodyRequest"], "is_default">, string>;
export type KeptAddress = Schemas["AddressBody"];

export const EMPTY: Address = {
    name: "", phone: "", street: "", landmark: "", city: "", state: "", pincode: "", country: "IN", gstin: "",
};

/** ISO 3166-2:IN */
export const STATES: [string, string][] = [
    ["AN", "Andaman and Nicobar Islands"], ["AP", "Andhra Pradesh"], ["AR", "Arunachal Pradesh"], ["AS", "Assam"],
    ["BR", "Bihar"], ["CH", "Chandigarh"], ["CG", "Chhattisgarh"], ["DH", "Dadra and Nagar Haveli and Daman and Diu"],
    ["DL", "Delhi"], ["GA", "Goa"], ["GJ", "Gujarat"], ["HR", "Haryana"], ["HP", "Himachal Pradesh"],
    ["JK", "Jammu and Kashmir"], ["JH", "Jharkhand"], ["KA", "Karnataka"], ["KL", "Kerala"], ["LA", "Ladakh"],
    ["LD", "Lakshadweep"], ["MP", "Madhya Pradesh"], ["MH", "Maharashtra"], ["MN", "Manipur"], ["ML", "Meghalaya"],
    ["MZ", "Mizoram"], ["NL", "Nagaland"], ["OD", "Odisha"], ["PY", "Puducherry"], ["PB", "Punjab"], ["RJ", "Rajasthan"],
    ["SK", "Sikkim"], ["TN", "Tamil Nadu"], ["TS", "Telangana"], ["TR", "Tripura"], ["UP", "Uttar Pradesh"],
    ["UK", "Uttarakhand"], ["WB", "West Bengal"],
];

/** How the PIN codes of a state begin, after libaddressinput and `shop/accounts/rules.py`; a test holds them together. */
const PINS: Record<string, string> = {
    AN: "744", AP: "5[0-3]", AR: "79[0-2]", AS: "78", BR: "8[0-5]", CH: "16|1440[3-9]", CG: "49", DH: "396|362",
    DL: "11", GA: "403", GJ: "3[6-9]", HR: "1[23]", HP: "17", JK: "1[89]", JH: "81[4-9]|82|83[0-5]",
    KA: "5[4-9]|53[7-9]", KL: "6[7-9]|6010|607008|777", LA: "194", LD: "682", MP: "4[5-8]|490", MH: "4[0-4]",
    MN: "79[56]", ML: "79[34]", MZ: "796", NL: "79[78]", OD: "7[5-7]", PY: "60[579]|6733|5334", PB: "1[456]",
    RJ: "3[0-4]", SK: "737|750", TN: "6[0-6]|536", TS: "5[0-3]", TR: "799", UP: "2[0-35-8]|24[0-7]|26[12]",
    UK: "24[46-9]|254|26[23]", WB: "7[0-4]",
};

export type Mistakes = Partial<Record<keyof Address | "email", string>>;

const PIN = /^[1-9]\d{5}$/;
const PHONE = /^(\+91|0)?[6-9]\d{9}$/;
export const isPin = (written: string) => PIN.test(written);
const GSTIN = /^\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const isEmail = (written: string) => EMAIL.test(written);

/** Spaces that people type between digits, and the case of a GSTIN, are not mistakes. */
export function tidy(address: Address): Address {
    const trimmed = Object.fromEntries(Object.entries(address).map(([name, value]) => [name, value.trim()])) as Address;
    return {
        ...trimmed,
        phone: trimmed.phone.replace(/[\s-]/g, ""),
        pincode: trimmed.pincode.replace(/\s/g, ""),
        gstin: trimmed.gstin.toUpperCase(),
    };
}

export function mistakesIn(typed: Address, email?: string): Mistakes {
    const address = tidy(typed);
    const found: Mistakes = {};
    if (email !== undefined && !isEmail(email.trim())) found.email = t("Write the whole address, like name@example.com.");
    if (!address.name) found.name = t("Who is it for?");
    if (!PHONE.test(address.phone)) found.phone = t("A mobile number has ten digits and begins with 6, 7, 8 or 9.");
    if (!PIN.test(address.pincode)) found.pincode = t("A PIN code has six digits and does not begin with 0.");
    else if (isElsewhere(address))
        found.pincode = t("{pincode} is not a PIN code of {state}.", { pincode: address.pincode, state: stateName(address.state) });
    if (!address.city) found.city = t("Which town?");
    if (!address.state) found.state = t("Choose the state.");
    if (!address.street) found.street = t("House and street, so that the rider finds it.");
    if (address.gstin && !GSTIN.test(address.gstin)) found.gstin = t("A GSTIN has 15 characters, like 29ABCDE1234F1Z5.");
    return found;
}

const stateName = (code: string) => STATES.find(([known]) => known === code)?.[1] ?? code;

function isElsewhere({ country, state, pincode }: Address): boolean {
    return country === "IN" && state in PINS && !new RegExp(`^(?:${PINS[state]})`).test(pincode);
}

/** A kept address as the form edits it: the state by its code. */
export function editable(kept: Partial<KeptAddress>): Address {
    const { name = "", phone = "", street = "", landmark = "", city = "", pincode = "", country = "IN", gstin = "" } = kept;
    const state = STATES.find(([code, title]) => title === kept.state || code === kept.state)?.[0] ?? "";
    return { name, phone, street, landmark, city, state, pincode, country, gstin };
}

export function addressLines(address: Partial<Address>): string[] {
    const { name, street, landmark, city, state, pincode, phone } = address;
    return [name, street, landmark, [city, state, pincode].filter(Boolean).join(", "), phone].filter(Boolean) as string[];
}
