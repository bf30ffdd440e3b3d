/** A server for unit tests: answers by method and path, and keeps what it was asked. The journeys use the real one. */
import { vi } from "vitest";

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };
export type Asked = { method: string; path: string; body: unknown; headers: Headers };

export function serve(answer: (asked: Asked) => Answer | Promise<Answer>): Asked[] {
    const log: Asked[] = [];
    vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
        const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init);
        const text = await request.clone().text();
        const asked = {
            method: request.method,
            path: new URL(request.url).pathname + new URL(request.url).search,
            body: text ? JSON.parse(text) : null,
            headers: request.headers,
        };
        log.push(asked);
        const { status = 200, body = null, headers = {} } = await answer(asked);
        const isEmpty = status === 204;
        return new Response(isEmpty ? null : JSON.stringify(body), {
            status,
            headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers },
        });
    });
    return log;
}
