/** One way to the API: its types come from our OpenAPI document, its habits (token, cart, language) are set here. */
import createClient from "openapi-fetch";
import { preferences } from "../preferences";
import { heard } from "./online";
import { withOrderToken } from "./orderToken";
import { Problem } from "./problem";
import type { components, paths } from "./schema";
import { accessToken, signedOut } from "./session";

export type Schemas = components["schemas"];
const CART = "cart-token";

export function cartToken(): string {
    try {
        return localStorage.getItem(CART) ?? "";
    } catch {
        return "";
    }
}

export function keepCartToken(token: string): void {
    try {
        if (token) localStorage.setItem(CART, token);
        else localStorage.removeItem(CART);
    } catch {
        // without storage a guest's cart lasts until the page is closed
    }
}

/** Only where the refresh token is given, renewed or ended, and where a choice of this browser is kept, do cookies go along. */
const SELF = "/api/self/";
const WITH_COOKIE = [
    SELF,
    ...["refresh/", "logout/", "second-factor/", "second-factor/setup/confirm/", "passkey/", "code/confirm/", "outside/"].map((each) => SELF + each),
    "/api/consent/",
];

function withCookie(request: Request): Request {
    const isMeant = request.method === "POST" && WITH_COOKIE.includes(new URL(request.url).pathname);
    return isMeant ? new Request(request, { credentials: "same-origin", headers: withProof(request.headers) }) : request;
}

/** Where somebody is signed in to the rendered pages, their session goes along too, and wants its token. */
function withProof(headers: Headers): Headers {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    if (token) headers.set("X-CSRFToken", token);
    return headers;
}

type Early = { lang: string; currency: string; view: string; answers: Record<string, unknown> };
const written = document.getElementById("early")?.textContent;
const early: Early | null = written ? JSON.parse(written) : null;

/** What kind of place the door has found at this address; empty for the client's own. */
export const earlyView = () => early?.view ?? "";

/**
 * What the door has written into the page for its first view, in the language and currency of a newcomer. Used once, as the
 * first data of a query: it is there when the view is first drawn, so that nothing moves.
 */
export function earlyNow<T>(path: string, query: Record<string, string> = {}): T | undefined {
    const { language, currency } = preferences();
    if (!early || early.lang !== language || early.currency !== currency) return undefined;
    const address = [path, new URLSearchParams(query).toString()].filter(Boolean).join("?");
    const answer = early.answers[address];
    delete early.answers[address];
    return answer as T | undefined;
}

async function send(request: Request): Promise<Response> {
    const token = await accessToken();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    if (cartToken()) request.headers.set("X-Cart-Token", cartToken());
    withOrderToken(request);
    request.headers.set("Accept-Language", preferences().language);
    request.headers.set("X-Currency", preferences().currency);
    const answer = await listening(fetch(withCookie(request)));
    const given = answer.headers.get("X-Cart-Token");
    if (given && !token) keepCartToken(given);
    if (answer.status === 401 && token) signedOut();
    return answer;
}

/** Passes an answer on, having noted whether there was one. What was given up here says nothing of the shop. */
async function listening(call: Promise<Response>): Promise<Response> {
    try {
        const answer = await call;
        heard(![502, 504].includes(answer.status));
        return answer;
    } catch (error) {
        if (!(error instanceof DOMException && error.name === "AbortError")) heard(false);
        throw error;
    }
}

// `omit`: a session of the rendered pages would make every write ask for its CSRF token.
export const api = createClient<paths>({ baseUrl: location.origin, credentials: "omit", fetch: send });

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a success. Raises Problem for everything else, status 0 where there was no answer. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
    const { data, error, response } = await call;
    if (response.ok) return data as T;
    const said = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};
    throw new Problem(response.status, said, Number(response.headers.get("Retry-After") ?? 0));
}
