/** Web Push: notices in this browser while no page of the shop is open. The worker is that of the rendered pages. */
import { api, body } from "./client";

const WORKER = "/static/shop/js/push-worker.js";

export const canPush = () => "serviceWorker" in navigator && "PushManager" in window;

/** The shop's key; empty where it has no push. */
export async function pushKey(): Promise<string> {
    return (await body(api.GET("/api/notification/push/"))).public_key;
}

async function manager(): Promise<PushManager> {
    return (await navigator.serviceWorker.register(WORKER)).pushManager;
}

export async function isListening(): Promise<boolean> {
    return (await (await manager()).getSubscription()) !== null;
}

export async function listen(key: string): Promise<void> {
    const made = await (await manager()).subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
    const { endpoint, keys } = made.toJSON();
    const told = { endpoint: endpoint!, keys: { p256dh: keys!.p256dh!, auth: keys!.auth! } };
    await body(api.POST("/api/notification/push/", { body: told })).catch(async (refusal: unknown) => {
        await made.unsubscribe();
        throw refusal;
    });
}

export async function stopListening(): Promise<void> {
    const known = await (await manager()).getSubscription();
    if (!known) return;
    await body(api.DELETE("/api/notification/push/", { body: { endpoint: known.endpoint } as never }));
    await known.unsubscribe();
}

function bytes(key: string): Uint8Array<ArrayBuffer> {
    const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
