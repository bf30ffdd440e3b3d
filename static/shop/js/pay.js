// Opens the gateway's window with the options of the page and posts its answer back by a plain form.
const button = document.getElementById("pay-button");
const form = document.getElementById("pay-result");
const failed = document.getElementById("pay-failed");
const options = JSON.parse(document.getElementById("pay-options").textContent);

function sendResult(result) {
    for (const [name, value] of Object.entries(result)) {
        const field = form.elements.namedItem(name);
        if (field) field.value = value;
    }
    button.disabled = true;
    form.submit();
}

function showFailure(reason) {
    failed.querySelector("[data-reason]").textContent = reason ?? "";
    failed.hidden = false;
    failed.tabIndex = -1;
    failed.focus();
}

function openGateway() {
    failed.hidden = true;
    if (!window.Razorpay) return showFailure();
    const gateway = new window.Razorpay({ ...options, handler: sendResult });
    gateway.on("payment.failed", ({ error }) => showFailure(error?.description));
    gateway.open();
}

button.addEventListener("click", openGateway);
// Both scripts are deferred, in this order: when this one runs, the gateway's has run or could not be loaded.
// Who comes back from a failed attempt reads about it first.
if (window.Razorpay && !document.querySelector(".alert:not([hidden])")) openGateway();
