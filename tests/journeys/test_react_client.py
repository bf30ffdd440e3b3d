"""The React client at /app/ against the whole running shop, on a phone: a guest pays the rider, a customer pays online."""

from __future__ import annotations

import re

import pytest

from tests.browser import PHONE
from tests.frontend.built import ensure_built
from tests.journeys.doors import ADDRESS
from tests.journeys.shop import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.node]


@pytest.fixture(scope="module", autouse=True)
def _built():
    ensure_built()


@pytest.fixture(params=[pytest.param((PHONE, "light"), id="phone")])
def page(request, shop, chromium):
    viewport, scheme = request.param
    context = chromium.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce", locale="en-IN")
    context.set_default_timeout(20_000)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if _is_trouble(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints, complaints


def _is_trouble(said) -> bool:
    return said.type == "error" and "Failed to load resource" not in said.text


NEW_HEADING = "before => document.querySelector('h1') && document.querySelector('h1').innerText !== before"


def _check(page, where: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state("networkidle")
    page.locator("h1").first.wait_for(state="attached")  # not between two views, while a part is still loaded
    found = Axe().run(page).response["violations"]
    told = [f"{where}: {v['id']} {[node['target'] for node in v['nodes']][:3]}" for v in found]
    assert not told, "\n".join(told)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where} scrolls sideways by {wide} px"


def _open_product(page, shop, words: str) -> None:
    page.goto(f"{shop.url}/app/")
    page.get_by_role("combobox").fill(words)
    page.get_by_role("option").first.wait_for()
    page.get_by_role("combobox").press("Enter")
    page.locator("#cards a").first.click()
    page.get_by_role("button", name="Add to cart").wait_for()


def _sign_in(page, username: str) -> None:
    page.get_by_label("E-mail or user name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def _placed(page) -> str:
    page.get_by_role("heading", name=re.compile("Thank you")).wait_for()
    return re.search(r"OS-\d+", page.inner_text("main"))[0]


def test_a_guest_buys_by_cash_on_delivery(page, shop):
    _open_product(page, shop, "incense")
    _check(page, "a product")
    before = shop.stock("OS-INC")
    page.get_by_role("button", name="One more").click()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog", name="In your cart").get_by_text("added.").wait_for()
    _check(page, "the cart drawer")
    page.get_by_role("link", name="See the cart").click()
    page.get_by_role("textbox", name=re.compile("Quantity of")).wait_for()
    _check(page, "the cart")
    page.reload()  # a guest's cart outlives the page
    page.get_by_role("link", name="Check out").click()
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("alert").get_by_role("link", name=re.compile("six digits")).wait_for()
    _check(page, "the address with mistakes")
    _fill_address(page)
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("button", name="Go on to payment").wait_for()
    _check(page, "delivery")
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_role("radio", name=re.compile("Cash on delivery")).check()
    _check(page, "payment")
    page.get_by_role("button", name=re.compile("Order now, pay ₹")).click()
    number = _placed(page)
    _check(page, "the confirmation")
    assert shop.stock("OS-INC") == (before[0], before[1] + 2)
    assert page.locator("[data-status]").get_attribute("data-status") == "pending"
    assert shop.ask("SELECT payment_method FROM order_order WHERE number = %s", number) == [("cod",)]
    page.reload()  # the guest's token still opens it, and cancels it
    page.locator("summary", has_text="Cancel").click()
    page.get_by_role("button", name="Cancel the order").click()
    page.get_by_role("heading", name="Cancelled").wait_for()
    assert shop.stock("OS-INC") == before


def _fill_address(page) -> None:
    page.locator("#f-email").fill("react-guest@example.com")
    for name, value in ADDRESS.items():
        if name == "state":
            page.locator("#f-state").select_option(label=value)
        else:
            page.locator(f"#f-{name}").fill(value)


def test_a_customer_buys_through_razorpay(page, shop):
    """Begins as a guest: signing in on the way brings the cart along."""
    _open_product(page, shop, "soap")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name="Check out").click()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    _check(page, "sign-in")
    _sign_in(page, "asha")
    page.get_by_role("button", name="Send it there").wait_for()
    _check(page, "the kept addresses")
    page.get_by_role("button", name="Send it there").click()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_role("radio", name=re.compile("UPI")).check()
    page.get_by_role("button", name=re.compile("Pay ₹")).click()
    window = page.frame_locator("iframe.pay-frame")
    window.get_by_test_id("emu-fail").click()  # the gateway's window stays open for another try
    window.get_by_test_id("emu-pay").click()
    number = _placed(page)
    page.get_by_text(re.compile("Paid ₹")).wait_for()
    assert page.locator("[data-status]").get_attribute("data-status") == "paid"
    assert shop.ask("SELECT payment_status FROM order_order WHERE number = %s", number) == [("paid",)]
    page.get_by_role("link", name="Your account").first.click()
    for name in ("Orders", "Addresses", "Notices", "Name and password"):
        before = page.locator("h1").inner_text()
        page.get_by_role("navigation", name="Your account").get_by_role("link", name=name, exact=True).click()
        page.wait_for_function(NEW_HEADING, arg=before)
        _check(page, name)


def test_who_leaves_the_payment_can_pay_later(page, shop):
    _open_product(page, shop, "incense")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name="Check out").click()
    _fill_address(page)
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_role("radio", name=re.compile("UPI")).check()
    page.get_by_role("button", name=re.compile("Pay ₹")).click()
    page.frame_locator("iframe.pay-frame").get_by_test_id("emu-close").click()
    number = _placed(page)
    page.get_by_text("Nothing has been charged. The order waits for you.").wait_for()
    page.get_by_role("main").get_by_role("button", name=re.compile("Pay ₹")).click()
    page.frame_locator("iframe.pay-frame").get_by_test_id("emu-pay").click()
    page.get_by_text(re.compile("Paid ₹")).wait_for()
    assert shop.ask("SELECT payment_status FROM order_order WHERE number = %s", number) == [("paid",)]


@pytest.mark.parametrize(
    "page",
    [(PHONE, "dark"), ({"width": 1280, "height": 900}, "light"), ({"width": 1280, "height": 900}, "dark")],
    ids=["phone, dark", "desk", "desk, dark"],
    indirect=True,
)
def test_open_views(page, shop):
    shelf = shop.ask("SELECT id FROM wagtailcore_page WHERE slug = 'table' ORDER BY id LIMIT 1")[0][0]
    views = {"/": ".card", f"/category/{shelf}?attr_color=indigo": ".chip.on", "/search?q=mug": ".card",
             "/search?q=zzzz": ".empty", "/product/1": ".buy", "/cart": ".empty", "/sign-in": ".entry",
             "/sign-up": ".entry", "/no/such/view": ".empty"}  # fmt: skip
    for path, mark in views.items():
        page.goto(f"{shop.url}/app{path}")
        page.locator(f"main {mark}").first.wait_for()
        _check(page, path)


def test_language_currency_and_theme_are_kept(page, shop):
    page.goto(f"{shop.url}/app/")
    page.get_by_role("contentinfo").get_by_role("button", name="हिन्दी").click()
    page.locator("html[lang=hi]").wait_for()
    page.get_by_role("contentinfo").get_by_role("button", name="USD").click()
    page.get_by_role("banner").locator(".theme").click()
    page.reload()
    page.locator("html[lang=hi] .card").first.wait_for()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert "₹" not in page.locator(".card .price").first.inner_text()
    _check(page, "home in Hindi")


def test_the_keyboard_alone_finds_and_adds(page, shop):
    page.goto(f"{shop.url}/app/")
    page.locator(".card").first.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.get_by_role("combobox").focus()
    page.keyboard.type("incense")
    page.get_by_role("option", name=re.compile("Incense")).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add to cart").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="In your cart").wait_for()
    assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="In your cart").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "Add to cart"


def test_offline_is_said_and_ends(page, shop):
    page.goto(f"{shop.url}/app/")
    page.locator(".card").first.wait_for()
    page.context.set_offline(True)
    page.get_by_text("You are offline.").wait_for()
    page.context.set_offline(False)
    page.get_by_text("You are offline.").wait_for(state="hidden")
