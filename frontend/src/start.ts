/**
 * The first view stands in the page before any script runs: the door wrote it. So that it is seen soonest, the program that
 * takes it over is fetched once it has been painted, with its picture; all its parts then come side by side.
 */
const PATIENCE = 500; // milliseconds: a page in the background is never painted, and a large picture may take its time

const nextTask = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

async function painted(): Promise<void> {
    await document.querySelector<HTMLImageElement>("#root img[fetchpriority=high]")?.decode().catch(() => undefined);
    await nextTask();
    await nextTask();
}

await Promise.race([painted(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
const parts = document.querySelector<HTMLTemplateElement>("template#parts");
if (parts) document.head.append(parts.content);
await import("./main");

export {};
