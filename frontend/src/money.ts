/** Money is a decimal string with a currency beside it, never a float. Sums are made in minor units. */

function digitsOf(currency: string): number {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `"1299.50"` INR → `129950n`. */
export function toMinor(amount: string, currency: string): bigint {
    const digits = digitsOf(currency);
    const [whole = "0", fraction = ""] = amount.replace("-", "").split(".");
    const minor = BigInt(whole + fraction.padEnd(digits, "0").slice(0, digits));
    return amount.startsWith("-") ? -minor : minor;
}

/** `129950n` INR → `"1299.50"`. */
export function fromMinor(minor: bigint, currency: string): string {
    const digits = digitsOf(currency);
    const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
    const sign = minor < 0n ? "-" : "";
    return digits ? `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}` : sign + text;
}

/** What is left to pay: credit pays first, and never more than there is to pay. */
export function afterCredit(total: string, credit: string | undefined, currency: string): string {
    const left = toMinor(total, currency) - toMinor(credit || "0", currency);
    return fromMinor(left > 0n ? left : 0n, currency);
}

/** `₹12,48,300`: paise only where there are any, lakh grouping for rupees, a true minus. */
export function money(amount: string | null | undefined, currency: string): string {
    if (amount === null || amount === undefined || amount === "") return "";
    const digits = digitsOf(currency);
    const isWhole = toMinor(amount, currency) % 10n ** BigInt(digits) === 0n;
    const shown = new Intl.NumberFormat(currency === "INR" ? "en-IN" : "en", {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        minimumFractionDigits: isWhole ? 0 : digits,
        maximumFractionDigits: isWhole ? 0 : digits,
    });
    return shown.format(amount as unknown as number).replace("-", "−");
}
