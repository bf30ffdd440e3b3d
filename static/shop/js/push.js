// The switch "on this browser" of the account's preferences. Where a browser cannot, nothing is offered.
const box = document.querySelector("[data-push]");
const button = box.querySelector("button");

function keyBytes(key) {
    const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function call(method, body) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return fetch("/api/notification/push/", { method, headers, body: JSON.stringify(body) });
}

function show(subscription) {
    box.querySelector("[data-on]").hidden = !subscription;
    box.querySelector("[data-off]").hidden = Boolean(subscription);
    button.textContent = subscription ? button.dataset.stop : button.dataset.start;
}

async function turn(worker) {
    const known = await worker.pushManager.getSubscription();
    if (known) {
        await call("DELETE", { endpoint: known.endpoint });
        await known.unsubscribe();
        return show(null);
    }
    const made = await worker.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: keyBytes(box.dataset.key),
    });
    const answer = await call("POST", made.toJSON());
    if (!answer.ok) await made.unsubscribe();
    show(answer.ok ? made : null);
    box.querySelector("[data-failed]").hidden = answer.ok;
}

if ("serviceWorker" in navigator && "PushManager" in window) {
    const worker = await navigator.serviceWorker.register(box.dataset.worker);
    show(await worker.pushManager.getSubscription());
    box.hidden = false;
    button.addEventListener("click", () => {
        turn(worker).catch(() => { box.querySelector("[data-failed]").hidden = false; });
    });
}
