/** An answer of the API that is not a success (RFC 9457), or none at all. */
import { t } from "../words";

type Body = { code?: string; title?: string; detail?: string; errors?: Record<string, string[]> } & Record<string, unknown>;

export class Problem extends Error {
    readonly status: number;
    readonly code: string;
    readonly detail: string;
    readonly errors: Record<string, string[]>;
    readonly members: Record<string, unknown>;
    readonly retryAfter: number;

    constructor(status: number, body: Body = {}, retryAfter = 0) {
        super(body.detail ?? body.title ?? String(status));
        this.status = status;
        this.code = body.code ?? (status === 0 ? "offline" : "unknown");
        this.detail = body.detail ?? "";
        this.errors = body.errors ?? {};
        this.members = body;
        this.retryAfter = retryAfter;
    }
}

export function asProblem(error: unknown): Problem {
    if (error instanceof Problem) return error;
    const isSilence = error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError");
    return new Problem(isSilence ? 0 : -1, { detail: error instanceof Error ? error.message : "" });
}

/** Whether the shop has said no: asking again brings nothing new. */
export function isRefusal(error: unknown): boolean {
    const { status } = asProblem(error);
    return status >= 400 && status < 500 && status !== 429;
}

/** What is wrong and what comes next, for people. The server's own sentence is the best one wherever it has one. */
export function told(error: unknown): string {
    const problem = asProblem(error);
    if (problem.code === "offline") return t("No answer came from the shop. Check the connection and try again.");
    if (problem.status === 429)
        return t("That was a lot in a short time. Try again in {seconds} seconds.", { seconds: problem.retryAfter || 60 });
    if (problem.code === "out_of_stock" && typeof problem.members.available === "number")
        return t("Only {number} left. Nothing was changed.", { number: problem.members.available });
    if (problem.status === 401) return t("You have been signed out. Sign in and go on where you were.");
    if (problem.status === 404) return t("That is not here, or not yours.");
    if (problem.status >= 500)
        return problem.status === 503 && problem.detail
            ? problem.detail
            : t("Something broke on our side. Nothing was charged. Wait a minute and try again.");
    return problem.detail || t("That did not work. Nothing was changed.");
}

/** An order that was sent and not answered: nothing is claimed that is not known. */
export function toldOfLostOrder(isOnline: boolean): string {
    return isOnline
        ? t("The answer of the shop got lost. We ask again; however often, it is ordered once and charged once.")
        : t("You are offline. We ask as soon as you are back; however often, it is ordered once and charged once.");
}

/** Messages by field: the server may nest a field (`address.pincode`) or name it alone. */
export function fieldErrors(error: unknown): Record<string, string> {
    const entries = Object.entries(asProblem(error).errors);
    return Object.fromEntries(entries.map(([name, messages]) => [name.split(".").pop() ?? name, messages.join(" ")]));
}
