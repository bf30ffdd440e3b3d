"""The React client at /app/ against the whole running shop, on a phone and on a desk: the journeys of the rendered pages."""

from __future__ import annotations

import re

import pytest

from tests.journeys.doors import ADDRESS, Program
from tests.journeys.react import (  # noqa: F401
    DESK,
    built_client,
    check,
    fill_address,
    go,
    open_product,
    page_of_the_client,
    placed,
    sign_in,
    to_checkout,
    to_payment,
)
from tests.journeys.shop import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.node]


def test_a_guest_buys_by_cash_on_delivery(page, shop):
    open_product(page, shop, "incense")
    before = shop.stock("OS-INC")
    page.get_by_role("button", name="One more").click()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog", name="In your cart").get_by_text("added.").wait_for()
    check(page, "the cart drawer")
    page.get_by_role("link", name="See the cart").click()
    page.get_by_role("textbox", name=re.compile("Quantity of")).wait_for()
    check(page, "the cart")
    page.reload()  # a guest's cart outlives the page
    page.get_by_role("link", name="Check out").click()
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("alert").get_by_role("link", name=re.compile("six digits")).wait_for()
    check(page, "the address with mistakes")
    fill_address(page)
    to_payment(page, "Cash on delivery")
    page.get_by_label("A note to go with a gift").fill("For the new house")
    check(page, "payment")
    page.get_by_role("button", name=re.compile("Order now, pay ₹")).click()
    number = placed(page)
    check(page, "the confirmation")
    assert shop.stock("OS-INC") == (before[0], before[1] + 2)
    assert page.locator("[data-status]").get_attribute("data-status") == "pending"
    kept = shop.ask("SELECT payment_method, gift_note FROM order_order WHERE number = %s", number)
    assert kept == [("cod", "For the new house")]
    page.reload()  # the guest's token still opens it, sends it elsewhere and cancels it
    page.get_by_role("link", name="Change the address").click()
    page.locator("#f-street").fill("8, Church Street")
    page.get_by_role("button", name="Send it there").click()
    page.get_by_text("8, Church Street").wait_for()
    page.locator("summary", has_text="Cancel").click()
    page.get_by_role("button", name="Cancel the order").click()
    page.get_by_role("heading", name="Cancelled").wait_for()
    assert shop.stock("OS-INC") == before


def test_a_customer_buys_through_razorpay(page, shop):
    """Begins as a guest: signing in on the way brings the cart along."""
    to_checkout(page, shop, "soap")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in(page, "asha")
    page.get_by_role("button", name="Send it there").wait_for()
    check(page, "the kept addresses")
    to_payment(page, "UPI")
    page.get_by_role("button", name=re.compile("Pay ₹")).click()
    window = page.frame_locator("iframe.pay-frame")
    window.get_by_test_id("emu-fail").click()  # the gateway's window stays open for another try
    window.get_by_test_id("emu-pay").click()
    number = placed(page)
    page.get_by_text(re.compile("Paid ₹")).wait_for()
    assert page.locator("[data-status]").get_attribute("data-status") == "paid"
    assert shop.ask("SELECT payment_status FROM order_order WHERE number = %s", number) == [("paid",)]
    page.reload()  # the cookie keeps the sign-in, and no script can read it
    page.get_by_role("banner").get_by_role("link", name=re.compile("Notices")).wait_for()
    assert page.locator("[data-status]").get_attribute("data-status") == "paid"
    assert "refresh" not in page.evaluate("document.cookie + JSON.stringify({...localStorage, ...sessionStorage})")


def test_stripe_brings_its_buyer_back_here(page, shop):
    to_checkout(page, shop, "incense")
    fill_address(page)
    to_payment(page, "^Card")
    page.get_by_role("button", name=re.compile("Pay ₹")).click()
    page.get_by_test_id("emu-pay").click()
    number = placed(page)
    assert page.url.startswith(f"{shop.url}/app/order/")
    assert shop.ask("SELECT payment_status FROM order_order WHERE number = %s", number) == [("paid",)]


def test_who_leaves_the_payment_can_pay_later_or_in_cash(page, shop):
    number = _leave_the_payment(page, shop)
    page.get_by_role("main").get_by_role("button", name=re.compile("^Pay ₹")).click()
    page.frame_locator("iframe.pay-frame").get_by_test_id("emu-pay").click()
    page.get_by_text(re.compile("Paid ₹")).wait_for()
    assert shop.ask("SELECT payment_status FROM order_order WHERE number = %s", number) == [("paid",)]
    number = _leave_the_payment(page, shop)
    check(page, "an order that waits for money")
    page.get_by_role("button", name="Pay in cash on delivery instead").click()
    page.get_by_text(re.compile("You pay ₹.* when it comes")).wait_for()
    assert shop.ask("SELECT payment_method FROM order_order WHERE number = %s", number) == [("cod",)]


def _leave_the_payment(page, shop) -> str:
    to_checkout(page, shop, "incense")
    fill_address(page)
    to_payment(page, "UPI")
    page.get_by_role("button", name=re.compile("Pay ₹")).click()
    page.frame_locator("iframe.pay-frame").get_by_test_id("emu-close").click()
    number = placed(page)
    page.get_by_text("Nothing has been charged. The order waits for you.").wait_for()
    page.get_by_text(re.compile(r"We hold the pieces for you until \d\d:\d\d")).wait_for()
    return number


def test_a_parcel_is_followed_and_a_piece_exchanged(page, shop):
    number = _ask_by_cash(page, shop, "lota")
    order_id = shop.ask("SELECT id FROM order_order WHERE number = %s", number)[0][0]
    staff = Program(shop.url, shop.gateway)
    staff.sign_in("admin", PASSWORD)
    if shop.ask("SELECT review_reason FROM order_order WHERE id = %s", order_id) != [("",)]:
        staff.call("POST", f"order/{order_id}/release/", {})  # other journeys have failed payments from here
    staff.call("POST", f"order/{order_id}/shipment/", {"courier_name": "Dak", "tracking_number": "DK7"}, expect=201)
    page.reload()
    page.get_by_text("DK7").wait_for()
    assert page.locator("[data-status]").get_attribute("data-status") == "shipped"
    assert page.get_by_role("link", name="Change the address").count() == 0
    staff.call("PATCH", f"order/{order_id}/", {"status": "delivered"})
    page.reload()
    check(page, "a delivered order")
    page.get_by_role("link", name="Send something back").click()
    page.get_by_role("button", name="Ask for the return").click()
    page.get_by_role("alert").get_by_text("Say which pieces").wait_for()
    page.locator("main select").first.select_option("1")
    page.get_by_label(re.compile("you would like")).select_option(label="The same again")
    page.get_by_label("It arrived broken").check()
    check(page, "a return")
    page.get_by_role("button", name="Ask for the return").click()
    page.get_by_role("link", name="See the order").click()
    page.get_by_text(re.compile("You want 1 × .* instead")).wait_for()
    check(page, "an order with a return")
    wanted = shop.ask("SELECT l.exchange_for_id = o.variant_id FROM order_returnline l JOIN order_return r ON r.id = l.return_of_id"
                      " JOIN order_orderline o ON o.id = l.order_line_id WHERE r.order_id = %s", order_id)  # fmt: skip
    assert wanted == [(True,)]
    page.get_by_role("button", name="Buy it again").click()
    page.get_by_role("textbox", name=re.compile("Quantity of")).wait_for()


def _ask_by_cash(page, shop, words: str) -> str:
    to_checkout(page, shop, words)
    fill_address(page)
    to_payment(page, "Cash on delivery")
    page.get_by_role("button", name=re.compile("Order now, pay ₹")).click()
    return placed(page)


def test_what_is_told_and_by_which_way(page, shop):
    page.goto(f"{shop.url}/app/sign-in?next=/account/notices")
    sign_in(page, "ravi")
    page.get_by_role("link", name="What we tell you").click()
    stock = page.get_by_role("group", name="Pieces that are back")
    before = stock.get_by_label("In the shop").is_checked()
    stock.get_by_label("In the shop").click()
    page.get_by_text("Saved.").wait_for()
    wanted = "SELECT p.wanted FROM notifications_notificationpreference p JOIN accounts_user u ON u.id = p.user_id" \
             " WHERE u.username = 'ravi' AND topic = 'stock' AND channel = 'in_app'"  # fmt: skip
    assert shop.ask(wanted) == [(not before,)]
    go(page, "/account/addresses")
    page.get_by_role("heading", name="Your addresses").wait_for()


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
    check(page, "home in Hindi")


@pytest.mark.parametrize("page", [(DESK, "light")], ids=["desk"], indirect=True)
def test_the_keyboard_alone_buys(page, shop):
    """Tab, arrows, Enter, Space and letters, from the search to the placed order; the focus is never lost."""
    page.goto(f"{shop.url}/app/")
    page.locator(".card").first.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    _tab_to(page, "Search the shop")
    page.keyboard.type("incense")
    page.get_by_role("option", name=re.compile("Incense")).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add to cart").wait_for()
    _tab_to(page, "Add to cart")
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="In your cart")
    drawer.wait_for()
    assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "Add to cart"  # where it was
    page.keyboard.press("Enter")
    drawer.wait_for()
    _tab_to(page, "Check out")
    page.keyboard.press("Enter")
    _tab_to(page, "E-mail")
    for value in (
        "keys@example.com",
        ADDRESS["phone"],
        ADDRESS["name"],
        ADDRESS["pincode"],
        ADDRESS["city"],
        "Karn",
        ADDRESS["street"],
    ):
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    _tab_to(page, "Go on to delivery")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Go on to payment").wait_for()
    _tab_to(page, "Go on to payment")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name=re.compile("UPI")).wait_for()
    _tab_to(page, "UPI")
    for _press in range(3):
        if not page.get_by_role("radio", name=re.compile("Cash")).is_checked():
            page.keyboard.press("ArrowDown")
    _tab_to(page, "Order now")
    page.keyboard.press("Enter")
    number = placed(page)
    assert shop.ask("SELECT email FROM order_order WHERE number = %s", number) == [("keys@example.com",)]


FOCUSED = """() => { const a = document.activeElement;
    return [a.getAttribute('aria-label'), a.labels?.[0]?.textContent, a.textContent].filter(Boolean)[0] ?? '' }"""


def _tab_to(page, words: str) -> None:
    seen = []
    for _press in range(90):
        seen.append(page.evaluate(FOCUSED).strip())
        if seen[-1].startswith(words):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to “{words}”: {seen}")


@pytest.mark.parametrize("page", [(DESK, "light")], ids=["desk"], indirect=True)
def test_offline_is_said_and_ends(page, shop):
    """The views on the way to an order open all the same: they were fetched ahead."""
    with page.expect_response("**/app/assets/Order-*.js"):  # the last of them
        page.goto(f"{shop.url}/app/")
    page.locator(".card").first.wait_for()
    page.context.set_offline(True)
    page.get_by_text("You are offline.").wait_for()
    page.get_by_role("banner").get_by_role("link", name="Cart").click()
    page.locator("main h1", has_text="Your cart").wait_for()
    page.context.set_offline(False)
    page.get_by_text("You are offline.").wait_for(state="hidden")
