"""checkout.js in headless Chromium, on a page with a strict policy and another host name."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api as playwright

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body>
<main><h1>Checkout</h1><button id="go">Pay now</button></main>
<script src="{emulator}/v1/checkout.js"></script><script src="/page.js"></script></body></html>"""
PAGE_JS = """
window.seen = [];
const options = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const posts = Boolean(options.callback_url);
if (!posts) options.handler = (result) => seen.push(["handler", result]);
options.modal = { ...options.modal, ondismiss: (reason) => seen.push(["dismiss", reason]) };
const checkout = new Razorpay(options);
checkout.on("payment.failed", ({ error }) => seen.push(["failed", error]));
document.getElementById("go").addEventListener("click", () => checkout.open());
"""


@pytest.fixture
def shop(emulator_url):
    """A page of a shop on `localhost`, another site than the emulator's 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        posted: list[dict] = []

        def reply(self, body: str, content_type: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Set-Cookie", "session=1; SameSite=Lax")
            policy = f"default-src 'none'; script-src 'self' {emulator_url}; connect-src {emulator_url}"
            self.send_header("Content-Security-Policy", f"{policy}; style-src {emulator_url}; form-action 'self'")
            self.end_headers()
            self.wfile.write(body.encode())

        def do_GET(self):
            if self.path == "/page.js":
                self.reply(PAGE_JS, "text/javascript")
            else:
                self.reply(PAGE.format(emulator=emulator_url), "text/html")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            names = ("Origin", "Content-Type", "Sec-Fetch-Site", "Cookie")
            self.posted.append(dict(parse_qsl(body)) | {name: self.headers[name] for name in names})
            self.reply("<h1>Thank you</h1>", "text/html")

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://localhost:{server.server_port}", Handler.posted
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_checkout(chromium, shop, gateway):
    contexts = []

    def open_one(order: dict, *, width: int = 1280, clock: bool = False, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        if clock:
            page.clock.install()
        page.problems = []
        page.on("console", lambda message: page.problems.append(message.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        chosen = {"key": gateway.key_id, "order_id": order["id"], "name": "Osari", **options}
        page.goto(f"{shop[0]}/#{json.dumps(chosen)}")
        page.click("#go")
        page.get_by_test_id("emu-dialog").wait_for()
        return page

    yield open_one
    for context in contexts:
        context.close()


def wait_for_seen(page, count: int) -> list:
    page.wait_for_function("count => window.seen.length >= count", arg=count)
    return page.evaluate("window.seen")


def test_paying_hands_a_true_signature_to_the_handler(open_checkout, gateway):
    order = gateway.order(12_345_678, receipt="SO-1")
    page = open_checkout(order, prefill={"email": "asha@example.com", "contact": "+919800000000"})
    playwright.expect(page.get_by_test_id("emu-amount")).to_have_text("₹1,23,456.78")
    playwright.expect(page.get_by_test_id("emu-order")).to_have_text(order["id"])
    playwright.expect(page.get_by_text("Demo gateway: no money moves")).to_be_visible()
    page.get_by_test_id("emu-method-card").check()
    page.get_by_test_id("emu-pay").click()
    [[kind, result]] = wait_for_seen(page, 1)
    assert kind == "handler"
    assert gateway.client.utility.verify_payment_signature(result)
    payment = gateway.client.payment.fetch(result["razorpay_payment_id"])
    assert (payment["status"], payment["method"]) == ("captured", "card")
    assert (payment["email"], payment["contact"]) == ("asha@example.com", "+919800000000")
    assert page.get_by_test_id("emu-dialog").count() == 0
    assert page.problems == []


def test_failing_tells_the_listeners_and_lets_the_customer_try_again(open_checkout, gateway):
    order = gateway.order()
    page = open_checkout(order)
    page.get_by_test_id("emu-fail").click()
    [[kind, error]] = wait_for_seen(page, 1)
    assert kind == "failed" and error["reason"] == "payment_failed"
    assert error["metadata"]["order_id"] == order["id"]
    playwright.expect(page.get_by_test_id("emu-error")).to_be_visible()
    page.get_by_test_id("emu-pay").click()
    assert wait_for_seen(page, 2)[1][0] == "handler"
    assert gateway.client.order.fetch(order["id"])["attempts"] == 2


def test_failing_without_retry_closes(open_checkout, gateway):
    page = open_checkout(gateway.order(), retry={"enabled": False})
    page.get_by_test_id("emu-fail").click()
    assert [kind for kind, _ in wait_for_seen(page, 2)] == ["failed", "dismiss"]


@pytest.mark.parametrize("how", ["close", "escape", "timeout"])
def test_leaving_dismisses_without_an_attempt(open_checkout, gateway, how):
    order = gateway.order()
    page = open_checkout(order, clock=True, timeout=300)
    playwright.expect(page.get_by_test_id("emu-pay")).to_be_focused()
    if how == "close":
        page.get_by_test_id("emu-close").click()
    if how == "escape":
        page.keyboard.press("Escape")
    if how == "timeout":
        page.clock.fast_forward(299_000)
        playwright.expect(page.get_by_test_id("emu-dialog")).to_be_visible()
        page.clock.fast_forward(1_000)
    assert [kind for kind, _ in wait_for_seen(page, 1)] == ["dismiss"]
    assert page.evaluate("document.activeElement.id") == "go"
    assert gateway.client.order.fetch(order["id"])["status"] == "created"


def test_escape_may_be_switched_off(open_checkout, gateway):
    page = open_checkout(gateway.order(), modal={"escape": False})
    playwright.expect(page.get_by_test_id("emu-pay")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Escape")
    playwright.expect(page.get_by_test_id("emu-dialog")).to_be_visible()
    assert page.evaluate("window.seen") == []


def test_axe_finds_nothing(open_checkout, gateway):
    page = open_checkout(gateway.order(), width=390)
    page.get_by_test_id("emu-fail").click()
    playwright.expect(page.get_by_test_id("emu-error")).to_be_visible()
    results = Axe().run(page).response
    assert [(item["id"], item["help"]) for item in results["violations"] if item["impact"] != "minor"] == []


def test_focus_goes_round_inside_the_dialog(open_checkout, gateway):
    page = open_checkout(gateway.order())
    playwright.expect(page.get_by_test_id("emu-pay")).to_be_focused()
    order = ["emu-fail", "emu-close", "emu-method-upi", "emu-pay"]
    for name in order:
        page.keyboard.press("Tab")
        playwright.expect(page.get_by_test_id(name)).to_be_focused()
    for name in reversed(order[:-1]):
        page.keyboard.press("Shift+Tab")
        playwright.expect(page.get_by_test_id(name)).to_be_focused()


@pytest.mark.parametrize("stranger", ["key", "order"])
def test_unknown_key_and_foreign_order_are_refused(open_checkout, open_gateway, gateway, stranger):
    foreign = open_gateway().order()
    order = gateway.order()
    changed = {"key": "rzp_test_nobody0000001"} if stranger == "key" else {"order_id": foreign["id"]}
    page = open_checkout(order, **changed)
    playwright.expect(page.get_by_test_id("emu-error")).to_be_visible()
    playwright.expect(page.get_by_test_id("emu-pay")).to_be_hidden()
    page.get_by_test_id("emu-close").click()
    assert [kind for kind, _ in wait_for_seen(page, 1)] == ["dismiss"]
    assert gateway.client.order.fetch(order["id"])["attempts"] == 0


def test_callback_mode_posts_from_the_gateways_site(open_checkout, gateway, shop):
    address, posted = shop
    order = gateway.order()
    page = open_checkout(order, callback_url=f"{address}/return/", redirect=True)
    page.get_by_test_id("emu-pay").click()
    page.wait_for_url(f"{address}/return/")
    [form] = posted
    assert gateway.client.utility.verify_payment_signature(
        {name: text for name, text in form.items() if name.startswith("razorpay_")}
    )
    assert form["Origin"] == gateway.url
    assert form["Sec-Fetch-Site"] == "cross-site"
    assert form["Cookie"] is None
    assert form["Content-Type"] == "application/x-www-form-urlencoded"
    assert set(form) == {
        "razorpay_payment_id",
        "razorpay_order_id",
        "razorpay_signature",
        "Origin",
        "Sec-Fetch-Site",
        "Cookie",
        "Content-Type",
    }


def test_callback_mode_posts_the_failure_too(open_checkout, gateway, shop):
    address, posted = shop
    page = open_checkout(gateway.order(), callback_url="/return/", redirect=True)
    page.get_by_test_id("emu-fail").click()
    page.wait_for_url(f"{address}/return/")
    assert posted[0]["error[code]"] == "BAD_REQUEST_ERROR"
    assert posted[0]["error[reason]"] == "payment_failed"
    assert "razorpay_signature" not in posted[0]
