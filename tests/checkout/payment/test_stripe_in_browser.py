"""Paying with Stripe in headless Chromium: the shop's page, the emulator's hosted page, and back."""

from __future__ import annotations

import pytest

from checkout.order.models import Order
from checkout.payment.models import Payment
from tests.browser import PHONE
from tests.checkout.payment.conftest import drain, told
from tests.checkout.payment.test_in_browser import click, shoot, shop  # noqa: F401
from tests.checkout.payment.test_stripe_doors import StripeBuyer
from tests.factories.shop import make_shipping

pytestmark = [pytest.mark.browser, pytest.mark.postgres_race]


@pytest.fixture
def order(own_database, stripe) -> Order:
    make_shipping(free_from=0)
    buyer = StripeBuyer()
    order = Order.objects.get(pk=buyer.buy())
    order.cart_token = buyer.cart_token
    return order


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def scripted(request) -> bool:
    return request.param


@pytest.fixture
def tab(chromium, shop, order, settings, scripted):  # noqa: F811
    settings.SITE_URL = shop
    context = chromium.new_context(viewport=PHONE, java_script_enabled=scripted, reduced_motion="reduce")
    context.add_cookies([{"name": "cart_token", "value": order.cart_token, "url": shop}])
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.goto(f"{shop}/checkout/pay/{order.number}/")
    yield page
    context.close()


def check_axe(tab, where: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab.wait_for_load_state()  # a click is over when the next page begins to come
    found = Axe().run(tab).response["violations"]
    assert not found, [(where, v["id"], [node["target"] for node in v["nodes"]]) for v in found]
    wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where} scrolls sideways by {wide} px"


def pay_link(tab):
    return tab.locator("a.btn.wide")


def test_failing_then_leaving_then_paying(tab, order, stripe, scripted):
    shoot(tab, "stripe-pay-page")
    check = check_axe if scripted else lambda *_: None  # axe is a script itself
    check(tab, "the pay page")
    pay_link(tab).click()
    assert "1,299.00" in tab.locator("[data-testid=emu-amount]").inner_text()
    shoot(tab, "stripe-hosted")
    check(tab, "the hosted page")
    click(tab, "emu-fail")
    assert "declined" in tab.locator("[data-testid=emu-error]").inner_text()
    click(tab, "emu-close")
    tab.wait_for_url(f"**/checkout/pay/{order.number}/?result=left")
    tab.locator("text=You left the payment page").wait_for()
    shoot(tab, "stripe-left")
    check(tab, "the pay page after leaving the other")
    pay_link(tab).click()
    click(tab, "emu-pay")
    tab.wait_for_url(f"**/checkout/done/{order.number}/")
    drain()
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert len(told("payment.captured")) == 1
    assert Payment.objects.filter(status="paid").count() == 1
    assert stripe.ledger()["captured"] == 129_900
    assert tab.problems == []
