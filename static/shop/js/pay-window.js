// Inside the frame of the React client: opens the gateway's window and tells the client what came of it.
function tell(kind, told = {}) {
    parent.postMessage({ from: "pay-window", kind, ...told }, location.origin);
}

function openGateway(options) {
    if (!window.Razorpay) return tell("failed", { reason: "" });
    const gateway = new window.Razorpay({
        ...options,
        handler: (result) => tell("paid", { result }),
        modal: { ondismiss: () => tell("left") },
    });
    gateway.on("payment.failed", ({ error }) => tell("failed", { reason: error?.description ?? "" }));
    gateway.open();
}

addEventListener("message", ({ origin, source, data }) => {
    if (origin === location.origin && source === parent && data?.kind === "open") openGateway(data.options);
});
if (parent !== window) tell("ready");
