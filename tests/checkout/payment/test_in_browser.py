"""Paying in headless Chromium: the shop's page with its real policy, the emulator's checkout.js over it."""

from __future__ import annotations

import os

import pytest

from checkout.order.models import Order
from checkout.payment.models import Payment
from tests.browser import PHONE
from tests.checkout.payment.conftest import drain, told
from tests.checkout.payment.test_api import Buyer
from tests.factories.shop import make_shipping

pytestmark = [pytest.mark.browser, pytest.mark.postgres_race]


@pytest.fixture
def shop(served_shop) -> str:
    return served_shop


@pytest.fixture
def order(own_database, razorpay) -> Order:
    make_shipping(free_from=0)
    buyer = Buyer()
    order = Order.objects.get(pk=buyer.buy())
    order.cart_token = buyer.cart_token
    return order


@pytest.fixture
def tab(chromium, shop, order):
    context = chromium.new_context(viewport=PHONE)
    context.add_cookies([{"name": "cart_token", "value": order.cart_token, "url": shop}])
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.goto(f"{shop}/checkout/pay/{order.number}/")
    yield page
    context.close()


def click(tab, name: str) -> None:
    tab.locator(f"[data-testid={name}]").click()


def shoot(tab, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        for width, height in ((390, 844), (1280, 900)):
            tab.set_viewport_size({"width": width, "height": height})
            tab.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        tab.set_viewport_size(PHONE)


def test_paying(tab, order, razorpay):
    tab.locator("[data-testid=emu-pay]:enabled").wait_for()
    assert "1,299" in tab.locator("[data-testid=emu-amount]").inner_text()
    shoot(tab, "pay-window")
    click(tab, "emu-pay")
    tab.wait_for_url(f"**/checkout/done/{order.number}/")
    shoot(tab, "pay-done")
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert tab.problems == []
    assert razorpay.ledger()["captured"] == 129_900


def test_failing_then_paying(tab, order):
    click(tab, "emu-fail")
    tab.locator("[data-testid=emu-error]").wait_for()
    click(tab, "emu-pay")
    tab.wait_for_url(f"**/checkout/done/{order.number}/")
    drain()
    assert len(told("payment.captured")) == 1


def test_closing_the_window_loses_nothing(tab, order):
    click(tab, "emu-close")
    shoot(tab, "pay-page")
    tab.locator("#pay-button").click()
    click(tab, "emu-pay")
    tab.wait_for_url(f"**/checkout/done/{order.number}/")
    tab.go_back()
    tab.wait_for_url(f"**/checkout/done/{order.number}/")
    assert Payment.objects.count() == 1


def test_a_browser_without_windows_comes_back_by_post(chromium, shop, order):
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Instagram 300.0"
    context = chromium.new_context(viewport=PHONE, user_agent=agent)
    context.add_cookies([{"name": "cart_token", "value": order.cart_token, "url": shop}])
    tab = context.new_page()
    tab.goto(f"{shop}/checkout/pay/{order.number}/")
    click(tab, "emu-pay")
    tab.wait_for_url(f"**/checkout/done/{order.number}/")
    order.refresh_from_db()
    assert order.payment_status == "paid"
    context.close()


def test_a_failed_return_reads_well(tab, order, shop):
    click(tab, "emu-close")
    tab.goto(f"{shop}/checkout/pay/{order.number}/?result=failed")
    tab.locator("text=did not go through").first.wait_for()
    assert tab.locator("[data-testid=emu-dialog]").count() == 0
    shoot(tab, "pay-failed")
