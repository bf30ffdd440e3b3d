// Forms that a passkey fills: data-passkey says "create" or "get". What the browser is asked stands in the page, or is
// fetched when the button is pressed (data-options). Where a browser knows no passkeys, nothing is offered.
const able = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function optionsOf(form) {
    if (!form.dataset.options) return JSON.parse(document.getElementById("passkey-options").textContent);
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(form.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
}

async function ask(form) {
    const options = await optionsOf(form);
    if (form.dataset.passkey === "create")
        return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

async function fill(form) {
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
        const credential = await ask(form);
        form.querySelector("[name=credential]").value = JSON.stringify(credential.toJSON());
        form.submit();
    } catch {
        failed.hidden = false;
    }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
    const unable = form.querySelector("[data-unable]");
    if (able) form.hidden = false;
    else if (unable) {
        unable.hidden = false;
        form.querySelector("button").disabled = true;
    }
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        fill(form);
    });
}
