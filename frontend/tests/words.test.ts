import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { hi } from "../src/words/hi";

const source = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(`src/${name}`, "utf8"))
    .join("\n");
const TEXT = String.raw`"((?:[^"\\]|\\.)*)"`;
const said = [
    ...[...source.matchAll(new RegExp(String.raw`\bt\(\s*${TEXT}`, "g"))].map((found) => found[1]!),
    ...[...source.matchAll(new RegExp(String.raw`\btn\(\s*${TEXT},\s*${TEXT}`, "g"))].flatMap((found) => [found[1]!, found[2]!]),
];
const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("every word has its Hindi", () => {
    expect(said.length).toBeGreaterThan(200);
    expect([...new Set(said)].filter((text) => !hi[text])).toEqual([]);
});

test("no Hindi stands for a word that is gone, and none loses a value", () => {
    expect(Object.keys(hi).filter((text) => !said.includes(text))).toEqual([]);
    expect(Object.entries(hi).filter(([text, hindi]) => String(places(text)) !== String(places(hindi)))).toEqual([]);
});
