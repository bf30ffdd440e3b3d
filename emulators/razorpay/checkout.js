/* A stand-in for the gateway's checkout.js: same options, same callbacks, no money.
   Styles are set through the CSSOM and nothing is inline, so that a strict CSP of the shop's page holds. */
"use strict";
(() => {
  const base = new URL(document.currentScript.src).origin;

  const STYLES = `
    dialog{box-sizing:border-box;inline-size:min(24rem,calc(100vw - 2rem));max-block-size:calc(100dvh - 2rem);
      margin:auto;padding:0;border:0;border-radius:12px;overflow:auto;color:#1b2130;background:#fff;
      font:400 1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
      box-shadow:0 24px 60px -16px rgb(10 16 40 / .5)}
    dialog::backdrop{background:rgb(12 16 34 / .6)}
    *{box-sizing:border-box}
    .head{padding:1rem 1.25rem;background:#16213f;color:#fff;border-block-start:5px solid var(--accent,#3d63dd)}
    .who{display:flex;gap:.75rem;align-items:baseline;justify-content:space-between}
    h2{margin:0;font-size:1.0625rem;font-weight:600;overflow-wrap:anywhere}
    .amount{font-size:1.375rem;font-weight:650;white-space:nowrap;font-variant-numeric:tabular-nums}
    .note{margin:.25rem 0 0;font-size:.875rem;color:#c9d2ea;overflow-wrap:anywhere}
    .demo{margin:0;padding:.625rem 1.25rem;background:#fff3cf;color:#4a3500;font-size:.9375rem;font-weight:600}
    form{padding:1rem 1.25rem 1.25rem;margin:0}
    fieldset{margin:0;padding:0;border:0;min-inline-size:0}
    legend{padding:0;margin:0 0 .5rem;font-size:.9375rem;font-weight:600}
    label{display:flex;gap:.75rem;align-items:center;min-block-size:2.75rem;padding:.375rem .75rem;
      border:1px solid #8a93a8;cursor:pointer}
    label + label{border-block-start:0}
    label:first-of-type{border-start-start-radius:8px;border-start-end-radius:8px}
    label:last-of-type{border-end-start-radius:8px;border-end-end-radius:8px}
    label:has(:checked){background:#eef2ff}
    label small{margin-inline-start:auto;color:#4c556b;font-size:.8125rem}
    input{inline-size:1.125rem;block-size:1.125rem;margin:0;accent-color:#2746b0}
    .row{display:flex;flex-wrap:wrap;gap:.625rem;margin-block-start:1rem}
    button{min-block-size:2.75rem;padding:.5rem 1rem;border-radius:8px;border:1px solid #5b6478;background:#fff;
      color:#1b2130;font:inherit;font-weight:600;cursor:pointer}
    button[data-testid=emu-pay]{flex:1 0 100%;background:#2746b0;border-color:#2746b0;color:#fff}
    button[data-testid=emu-fail],button[data-testid=emu-close]{flex:1}
    button:hover{filter:brightness(.94)}
    button:disabled{opacity:.55;cursor:progress}
    :focus-visible{outline:3px solid #8a4b00;outline-offset:2px}
    [role=alert]{margin:.875rem 0 0;padding:.625rem .75rem;border-radius:8px;background:#fdecea;color:#7d1a0f;
      font-size:.9375rem}
    [hidden]{display:none}
    @media (prefers-reduced-motion:no-preference){
      dialog[open]{animation:rise .18s ease-out}
      @keyframes rise{from{opacity:0;translate:0 8px}}
    }`;

  const METHODS = [
    ["upi", "UPI", "success@razorpay"],
    ["card", "Card", "4100 2800 0000 1007"],
    ["netbanking", "Netbanking", "any bank"],
  ];

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "boolean") element.toggleAttribute(name, value);
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function formatAmount(order) {
    const value = order.amount_due / 10 ** order.decimals;
    const locale = order.currency === "INR" ? "en-IN" : "en";
    const digits = { minimumFractionDigits: order.decimals, maximumFractionDigits: order.decimals };
    return new Intl.NumberFormat(locale, { style: "currency", currency: order.currency, ...digits }).format(value);
  }

  async function call(path, body) {
    const init = body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    const response = await fetch(base + path, { credentials: "omit", cache: "no-store", ...init });
    const data = await response.json();
    if (!response.ok) throw new Error(data.error?.description || "The demo gateway did not answer.");
    return data;
  }

  class Razorpay {
    constructor(options = {}) {
      if (!options.key) throw new Error("No key passed");
      this.options = { ...options, modal: { escape: true, ...options.modal } };
      this.listeners = new Map();
      this.view = null;
    }

    on(event, listener) {
      this.listeners.set(event, [...(this.listeners.get(event) || []), listener]);
      return this;
    }

    emit(event, data) {
      for (const listener of this.listeners.get(event) || []) listener(data);
    }

    async open() {
      if (this.view) return;
      const view = (this.view = new View(this));
      const { key, order_id: orderId } = this.options;
      try {
        if (!orderId) throw new Error("No order_id passed");
        const path = `/_emu/orders/${encodeURIComponent(orderId)}?key_id=${encodeURIComponent(key)}`;
        view.showOrder(await call(path));
      } catch (problem) {
        view.refuse(problem.message);
      }
      const seconds = Number(this.options.timeout);
      if (seconds > 0) this.timer = setTimeout(() => this.dismiss("timeout"), seconds * 1000);
    }

    close() {
      clearTimeout(this.timer);
      this.view?.remove();
      this.view = null;
    }

    dismiss(reason) {
      if (!this.view) return;
      this.close();
      this.options.modal.ondismiss?.(reason);
    }

    async pay(outcome) {
      const { key, order_id: orderId, prefill = {} } = this.options;
      const method = this.view.method();
      const customer = { email: prefill.email || null, contact: prefill.contact || null };
      this.view.busy(true);
      try {
        const path = `/_emu/orders/${encodeURIComponent(orderId)}/pay`;
        this.settle(await call(path, { key_id: key, method, outcome, ...customer }));
      } catch (problem) {
        this.view?.busy(false);
        this.view?.alert(problem.message);
      }
    }

    settle(result) {
      if (!this.view) return;
      if (result.error) this.settleFailure(result.error);
      else if (this.goesBackByPost()) this.post(result);
      else {
        this.close();
        this.options.handler?.(result);
      }
    }

    settleFailure(error) {
      if (this.options.redirect && this.options.callback_url) {
        const plain = Object.entries(error).filter(([, value]) => typeof value === "string");
        const fields = plain.map(([name, value]) => [`error[${name}]`, value]);
        this.post(Object.fromEntries([...fields, ["error[metadata]", JSON.stringify(error.metadata)]]));
        return;
      }
      this.view.busy(false);
      this.view.alert(error.description);
      this.emit("payment.failed", { error });
      if (this.options.retry === false || this.options.retry?.enabled === false) this.dismiss("failed");
    }

    goesBackByPost() {
      const { callback_url: url, redirect, handler } = this.options;
      return Boolean(url && (redirect || !handler));
    }

    post(fields) {
      const url = new URL(this.options.callback_url, document.baseURI).href;
      const hash = new URLSearchParams({ ...fields, callback_url: url });
      this.close();
      location.assign(`${base}/v1/checkout/return#${hash}`);
    }
  }

  class View {
    constructor(checkout) {
      this.checkout = checkout;
      this.before = document.activeElement;
      this.host = make("div", { "data-razorpay-emulator": "" });
      this.root = this.host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
      this.root.adoptedStyleSheets = [sheet];
      this.build(checkout.options);
      this.root.append(this.dialog);
      document.body.append(this.host);
      this.listen(checkout.options.modal);
      this.dialog.showModal();
    }

    build(options) {
      this.title = make("h2", { id: "emu-title" }, options.name || "Payment");
      this.amount = make("span", { class: "amount", "data-testid": "emu-amount" }, "…");
      this.order = make("p", { class: "note", "data-testid": "emu-order" }, options.order_id || "");
      const who = make("div", { class: "who" }, this.title, this.amount);
      const lines = options.description ? [make("p", { class: "note" }, options.description)] : [];
      const demo = make("p", { class: "demo", id: "emu-demo" }, "Demo gateway: no money moves");
      const attributes = { "aria-labelledby": "emu-title", "aria-describedby": "emu-demo" };
      this.dialog = make("dialog", { ...attributes, "data-testid": "emu-dialog" });
      this.dialog.append(make("div", { class: "head" }, who, ...lines, this.order), demo, this.buildForm(options.prefill));
      const color = options.theme?.color;
      if (color && CSS.supports("color", color)) this.dialog.style.setProperty("--accent", color);
    }

    buildForm(prefill = {}) {
      const chosen = METHODS.some(([value]) => value === prefill.method) ? prefill.method : "upi";
      this.methods = make("fieldset", {}, make("legend", {}, "Pay with"));
      for (const [value, text, hint] of METHODS) {
        const attributes = { type: "radio", name: "method", value, checked: value === chosen };
        const input = make("input", { ...attributes, "data-testid": `emu-method-${value}` });
        this.methods.append(make("label", {}, input, text, make("small", {}, hint)));
      }
      this.problem = make("p", { role: "alert", hidden: true, "data-testid": "emu-error" });
      this.payButton = make("button", { type: "submit", "data-testid": "emu-pay", disabled: true }, "Pay");
      this.failButton = make("button", { type: "button", "data-testid": "emu-fail", disabled: true }, "Fail");
      this.closeButton = make("button", { type: "button", "data-testid": "emu-close" }, "Close");
      const row = make("div", { class: "row" }, this.payButton, this.failButton, this.closeButton);
      this.form = make("form", {}, this.methods, this.problem, row);
      return this.form;
    }

    listen(modal) {
      const { checkout, dialog } = this;
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        checkout.pay("success");
      });
      this.failButton.addEventListener("click", () => checkout.pay("fail:payment_failed"));
      this.closeButton.addEventListener("click", () => checkout.dismiss("close"));
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        if (modal.escape) checkout.dismiss("escape");
      });
      dialog.addEventListener("close", () => checkout.dismiss("close"));
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog && modal.backdropclose) checkout.dismiss("backdrop");
      });
      dialog.addEventListener("keydown", (event) => this.keepFocus(event, modal));
    }

    /* The browser's own dialog lets Tab wander to its toolbar; here it goes round. */
    keepFocus(event, modal) {
      if (event.key === "Escape") {
        event.preventDefault();
        if (modal.escape) this.checkout.dismiss("escape");
      }
      if (event.key !== "Tab") return;
      const radio = this.form.elements.namedItem("method");
      const current = [...radio].find((input) => input.checked);
      const stops = [current, this.payButton, this.failButton, this.closeButton].filter(
        (element) => !element.matches(":disabled") && element.offsetParent !== null,
      );
      const at = stops.indexOf(this.root.activeElement);
      const next = event.shiftKey ? (at <= 0 ? stops.length - 1 : at - 1) : (at + 1) % stops.length;
      event.preventDefault();
      stops[next].focus();
    }

    showOrder(order) {
      this.amount.textContent = formatAmount(order);
      this.payButton.textContent = `Pay ${formatAmount(order)}`;
      this.busy(false);
      this.payButton.focus();
    }

    refuse(message) {
      this.methods.hidden = this.payButton.hidden = this.failButton.hidden = true;
      this.amount.textContent = "";
      this.alert(message);
      this.closeButton.focus();
    }

    busy(is) {
      this.payButton.disabled = this.failButton.disabled = this.methods.disabled = is;
      this.dialog.setAttribute("aria-busy", String(is));
      if (!is) this.payButton.focus();
    }

    alert(message) {
      this.problem.hidden = false;
      this.problem.textContent = message;
    }

    method() {
      return this.form.elements.namedItem("method").value;
    }

    remove() {
      this.dialog.close();
      this.host.remove();
      this.before?.focus?.();
    }
  }

  window.Razorpay = Razorpay;
})();
