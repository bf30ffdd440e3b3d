/** What the browser does with a passkey. The server gives what it is asked, and checks what it answers. */
import { api, body } from "./client";

type Asked = { challenge: string; options: Record<string, unknown> };
type Shown = { challenge: string; credential: unknown };

/** The browser showed none: refused by the person, not there, or another device's. */
export class NoPasskey extends Error {}

export const knowsPasskeys = () => Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

export async function showPasskey({ challenge, options }: Asked): Promise<Shown> {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never);
    return { challenge, credential: await written(navigator.credentials.get({ publicKey })) };
}

export async function makePasskey({ challenge, options }: Asked): Promise<Shown> {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never);
    return { challenge, credential: await written(navigator.credentials.create({ publicKey })) };
}

async function written(asked: Promise<Credential | null>): Promise<unknown> {
    const found = await asked.catch(() => null);
    if (!found) throw new NoPasskey();
    return (found as PublicKeyCredential).toJSON();
}

export const askForAnyPasskey = () => body(api.POST("/api/self/passkey/begin/"));
export const askForTheirPasskey = (challenge: string) => body(api.POST("/api/self/second-factor/options/", { body: { challenge } }));
