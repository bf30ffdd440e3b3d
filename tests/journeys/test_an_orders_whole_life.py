"""Two orders from the first payment to the last letter: Asha pays, fails and tries again, cancels, sends one piece
back and exchanges another; Maya ships in two parts; Sam sees to the returns and reads what Asha was told. In a browser,
as each would do it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.doors import Browser, Placed
from tests.journeys.shop import RunningShop
from tests.journeys.test_a_merchandisers_day import ORDERS, _at_the_desk, _close, _on_the_phone  # noqa: F401

pytestmark = pytest.mark.browser
NOTICES = "/admin/snippets/notifications/notification/"
TOLD_OF_THE_KEPT = [
    "exchange_packed", "order_delivered", "order_paid", "order_shipped", "order_shipped",
    "return_approved", "return_approved", "return_received", "return_refunded", "return_requested", "return_requested",
]  # fmt: skip
TOLD_OF_THE_EXCHANGE = ["order_delivered", "order_shipped"]
TOLD_OF_THE_CANCELLED = ["order_cancelled", "order_paid", "refund_done", "refund_started"]


def test_from_a_failed_payment_to_the_last_letter(shop, chromium):
    asha, maya, sam = (
        _on_the_phone(shop, chromium, "asha"), _at_the_desk(shop, chromium, "maya"), _at_the_desk(shop, chromium, "sam")
    )  # fmt: skip
    kept, cancelled = _pay_with_razorpay(asha), _pay_with_stripe(asha)
    _cancel_and_see_the_refund(asha, shop, cancelled)
    _ship_in_two_parts(maya, shop, asha, kept)
    _ask_to_send_one_back(asha, kept)
    _see_to_the_return(sam, shop, kept)
    _see_the_money_come_back(asha, shop, kept)
    sent_instead = _exchange_another(asha, sam, shop, kept)
    _see_it_arrive(asha, sam, shop, sent_instead)
    _read_every_letter(sam, shop, kept, TOLD_OF_THE_KEPT)
    _read_every_letter(sam, shop, sent_instead, TOLD_OF_THE_EXCHANGE)
    _read_every_letter(sam, shop, cancelled, TOLD_OF_THE_CANCELLED)


def _pay_with_razorpay(asha: Browser) -> Placed:
    asha.put_in_cart("incense-holder", 2)
    asha.put_in_cart("handmade-soap")
    placed = asha.order_by_razorpay(first_fails=True)
    assert asha.status_of(placed) == "paid"
    return placed


def _pay_with_stripe(asha: Browser) -> Placed:
    """Declined there, left, and paid at the second try."""
    page = asha.page
    asha.put_in_cart("tumbler-set")
    asha._to_review("stripe", "")
    page.get_by_role("button", name=re.compile("Pay ")).click()
    page.locator("main a.btn.wide").click()
    page.get_by_test_id("emu-fail").click()
    expect(page.get_by_test_id("emu-error")).to_contain_text("declined")
    page.get_by_test_id("emu-close").click()
    expect(page.locator("main [role=alert]").first).to_contain_text("Nothing has been charged")
    page.locator("main a.btn.wide").click()
    page.get_by_test_id("emu-pay").click()
    return asha._placed()


def _cancel_and_see_the_refund(asha: Browser, shop: RunningShop, order: Placed) -> None:
    assert asha.status_of(order) == "paid"
    asha.cancel(order)
    assert shop.wait_for("SELECT 1 FROM order_order WHERE number = %s AND payment_status = 'refunded'", order.number)
    assert asha.status_of(order) == "cancelled"
    expect(asha.page.locator("main")).to_contain_text("has gone back to you")


def _ship_in_two_parts(maya: Page, shop: RunningShop, asha: Browser, order: Placed) -> None:
    _open(maya, shop, order)
    for parcel, (soaps, tracking) in enumerate([("0", "BD 4711"), ("", "BD 4712")], start=1):
        maya.get_by_role("link", name="Mark as shipped").click()
        soap = maya.get_by_label(re.compile("soap", re.I))
        if soaps:
            soap.fill(soaps)
        maya.get_by_label("Courier").fill("Blue Dart")
        maya.get_by_label("Tracking number").fill(tracking)
        _confirm(maya, "Mark as shipped")
        expect(maya.locator("#parcels-heading ~ .shop-payment")).to_have_count(parcel)
    asha.status_of(order)
    expect(asha.page.locator(".parcel")).to_have_count(2)
    expect(asha.page.locator(".parcel").first).to_contain_text("BD 4711")
    expect(asha.page.locator(".parcel").first).not_to_contain_text(re.compile("soap", re.I))
    maya.get_by_role("link", name="Mark as delivered").click()
    _confirm(maya, "Mark as delivered")
    assert asha.status_of(order) == "delivered"


def _ask_to_send_one_back(asha: Browser, order: Placed) -> None:
    page = asha.page
    page.get_by_role("link", name="Send something back").click()
    page.get_by_label("Incense dish", exact=True).select_option("1")
    page.locator("input[name=why]").first.check()
    page.get_by_role("button", name="Ask for the return").click()
    expect(page.locator("#returns ~ ul .parcel")).to_contain_text("We look at it and write to you.")


def _see_to_the_return(sam: Page, shop: RunningShop, order: Placed) -> None:
    _open(sam, shop, order)
    for step in ("Approve the return", "Mark as received", "Refund the return"):
        sam.get_by_role("link", name=step).click()
        _confirm(sam, step)


def _see_the_money_come_back(asha: Browser, shop: RunningShop, order: Placed) -> None:
    [(back,)] = shop.wait_for(
        "SELECT f.amount FROM order_return r JOIN payment_refund f ON f.id = r.refund_id JOIN order_order o"
        " ON o.id = r.order_id WHERE o.number = %s AND r.status = 'refunded'", order.number,
    )  # fmt: skip
    [(price,)] = shop.ask(
        "SELECT l.total / l.quantity FROM order_orderline l JOIN order_order o ON o.id = l.order_id"
        " WHERE o.number = %s AND l.sku = 'OS-INC'", order.number,
    )  # fmt: skip
    assert back == price
    asha.status_of(order)
    expect(asha.page.locator("#returns ~ ul .parcel")).to_contain_text("has gone back to you")


def _exchange_another(asha: Browser, sam: Page, shop: RunningShop, order: Placed) -> Placed:
    """The soap came damaged: another one instead of the money. It waits until the damaged one is here."""
    page = asha.page
    page.get_by_role("link", name="Send something back").click()
    page.get_by_label(re.compile("^(?!For ).*soap", re.I)).select_option("1")
    page.get_by_label(re.compile("^For .*soap.* you would like", re.I)).select_option(index=1)
    page.locator("input[name=why]").first.check()
    page.get_by_role("button", name="Ask for the return").click()
    expect(page.locator("#returns ~ ul .parcel")).to_have_count(2)
    _open(sam, shop, order)
    sam.get_by_role("link", name="Approve the return").click()
    expect(sam.locator("main")).to_contain_text("wants 1 ×")
    _confirm(sam, "Approve the return")
    [(number, total)] = shop.ask(
        "SELECT number, total FROM order_order WHERE id = (SELECT r.replacement_id FROM order_return r JOIN order_order o"
        " ON o.id = r.order_id WHERE o.number = %s AND r.replacement_id IS NOT NULL)", order.number,
    )  # fmt: skip
    assert total == 0
    sam.get_by_role("link", name=number).click()
    expect(sam.get_by_role("link", name="Mark as shipped")).to_have_count(0)
    _open(sam, shop, order)
    sam.get_by_role("link", name="Mark as received").click()
    _confirm(sam, "Mark as received")
    return Placed(number, "0.00")


def _see_it_arrive(asha: Browser, sam: Page, shop: RunningShop, order: Placed) -> None:
    _open(sam, shop, order)
    for step in ("Mark as shipped", "Mark as delivered"):
        sam.get_by_role("link", name=step).click()
        _confirm(sam, step)
    asha.go("/account/orders/")
    asha.page.get_by_role("link", name=order.number).first.click()
    expect(asha.page.locator("[data-status]")).to_have_attribute("data-status", "delivered")
    expect(asha.page.locator("main")).to_contain_text("An exchange: nothing to pay.")


def _read_every_letter(sam: Page, shop: RunningShop, order: Placed, kinds: list[str]) -> None:
    """Each is told once, has gone out, and can be read. That one is to be paid, or that a payment failed, is told only
    while no other has paid: whether these two come is a matter of seconds."""
    letters = (
        "SELECT id, kind FROM notifications_notification WHERE channel = 'email' AND reference ="
        " (SELECT 'order:' || id FROM order_order WHERE number = %s)"
    )
    last = next(kind for kind in ("exchange_packed", "order_delivered", "refund_done") if kind in kinds)
    assert shop.wait_for(f"{letters} AND kind = %s AND status = 'sent'", order.number, last)
    told = dict(shop.ask(f"{letters} ORDER BY id", order.number))
    assert sorted(_that_always_come(told.values())) == kinds
    sam.goto(f"{shop.url}{NOTICES}?q={order.number}&channel=email")
    rows = sam.locator("#listing-results tbody tr")
    expect(rows).to_have_count(len(told))
    expect(rows.get_by_text("Sent", exact=True)).to_have_count(len(told))
    for pk in told:
        sam.goto(f"{shop.url}{NOTICES}inspect/{pk}/")
        text = sam.locator("main").inner_text()
        assert order.number in text and "Osari" in text and "{" not in text


def _that_always_come(kinds: Iterable[str]) -> list[str]:
    return [kind for kind in kinds if kind not in ("order_to_pay", "payment_failed")]


def _open(page: Page, shop: RunningShop, order: Placed) -> None:
    page.goto(f"{shop.url}{ORDERS}?q={order.number}")
    page.get_by_role("link", name=order.number).click()
    expect(page.locator(".shop-order__number")).to_have_text(order.number)


def _confirm(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/inspect/**")
    expect(page.locator(".messages .success")).to_be_visible()
