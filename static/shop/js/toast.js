const SECONDS = 6;

export function toast(text, act) {
    const box = document.createElement("p");
    box.className = "toast night";
    box.append(text);
    if (act) {
        const link = document.createElement("a");
        link.href = act.href;
        link.textContent = act.text;
        box.append(link);
    }
    document.getElementById("toasts")?.append(box);
    let timer;
    const start = () => (timer = setTimeout(() => box.remove(), SECONDS * 1000));
    const stop = () => clearTimeout(timer);
    for (const event of ["pointerenter", "focusin"]) box.addEventListener(event, stop);
    for (const event of ["pointerleave", "focusout"]) box.addEventListener(event, start);
    start();
}

// A message that the server wrote into the page moves into a toast.
export function showWaitingToasts() {
    for (const message of document.querySelectorAll("[data-toast]")) {
        toast(message.textContent.trim());
        message.remove();
    }
}
