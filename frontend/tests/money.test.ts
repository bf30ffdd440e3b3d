import { expect, test } from "vitest";
import { afterCredit, fromMinor, money, toMinor } from "../src/money";

test.each([
    ["1299.00", "INR", "₹1,299"],
    ["1299.50", "INR", "₹1,299.50"],
    ["1248300.00", "INR", "₹12,48,300"],
    ["-49.00", "INR", "−₹49"],
    ["1234567.00", "USD", "$1,234,567"],
    ["1299", "JPY", "¥1,299"],
    ["0.00", "INR", "₹0"],
    ["90071992547409.93", "INR", "₹9,00,71,99,25,47,409.93"], // more than a float holds
])("%s %s is written %s", (amount, currency, written) => {
    expect(money(amount, currency)).toBe(written);
});

test.each([
    ["1299.50", "INR", 129950n],
    ["1299", "JPY", 1299n],
    ["1.299", "KWD", 1299n],
    ["-0.05", "INR", -5n],
])("%s %s goes to minor units and back", (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor);
    expect(fromMinor(minor, currency)).toBe(amount);
});

test("no amount is no text", () => {
    expect(money(null, "INR")).toBe("");
});

test("credit pays first, and never more than there is to pay", () => {
    expect(afterCredit("500.00", "120.50", "INR")).toBe("379.50");
    expect(afterCredit("500.00", "700.00", "INR")).toBe("0.00");
    expect(afterCredit("500.00", undefined, "INR")).toBe("500.00");
});
