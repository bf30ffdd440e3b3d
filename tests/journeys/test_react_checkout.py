"""What can go wrong on the way to an order in the React client: an answer gets lost, somebody goes back or loads it anew."""

from __future__ import annotations

import re
import secrets

import pytest

from tests.browser import PHONE
from tests.journeys.react import (  # noqa: F401
    built_client,
    check,
    fill_address,
    page_of_the_client,
    placed,
    to_checkout,
    to_payment,
)

pytestmark = [pytest.mark.browser, pytest.mark.node]
on_a_phone = pytest.mark.parametrize("page", [(PHONE, "light")], ids=["phone"], indirect=True)


@on_a_phone
def test_an_order_whose_answer_got_lost_is_found_again(page, shop):
    """Made once, and its page shown: after the connection is back, and after a reload."""
    for come_back in (_reconnect, _reload):
        email = f"l{secrets.token_hex(4)}@example.com"
        to_checkout(page, shop, "incense")
        fill_address(page, email)
        to_payment(page, "Cash on delivery")
        page.route("**/api/order/", _make_it_and_say_nothing)
        page.get_by_role("button", name=re.compile("Order now, pay ₹")).click()
        page.get_by_role("heading", name="We do not know yet whether your order came through").wait_for()
        assert page.get_by_text("Nothing has been charged").count() == 0
        check(page, "an answer that got lost")
        assert len(_orders_of(shop, email)) == 1
        come_back(page)
        assert [(placed(page),)] == _orders_of(shop, email)


def _make_it_and_say_nothing(route) -> None:
    if route.request.method == "POST":
        route.fetch()
    route.abort("connectionreset")


def _orders_of(shop, email: str) -> list[tuple]:
    return shop.ask("SELECT number FROM order_order WHERE email = %s", email)


def _reconnect(page) -> None:
    page.context.set_offline(True)
    page.get_by_text("We ask as soon as you are back").wait_for()
    page.unroute_all(behavior="ignoreErrors")  # it may just be asking again
    page.context.set_offline(False)


def _reload(page) -> None:
    page.unroute_all(behavior="ignoreErrors")  # it may just be asking again
    page.reload()


@on_a_phone
def test_back_and_a_reload_keep_the_step_and_what_was_typed(page, shop):
    to_checkout(page, shop, "incense")
    fill_address(page, "back@example.com")
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_role("heading", name="How would you like to pay?").wait_for()
    page.go_back()
    page.get_by_role("heading", name="How fast?").wait_for()
    page.reload()
    page.get_by_role("heading", name="How fast?").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Where should it go?").wait_for()
    page.locator("#f-landmark").fill("By the banyan")
    page.reload()
    assert page.locator("#f-email").input_value() == "back@example.com"
    assert page.locator("#f-landmark").input_value() == "By the banyan"
    page.go_forward()
    page.go_forward()
    page.get_by_role("radio", name=re.compile("Cash on delivery")).check()
    page.get_by_role("button", name=re.compile("Order now, pay ₹")).click()
    placed(page)
    assert page.evaluate("sessionStorage.getItem('checkout') ?? sessionStorage.getItem('order-attempt')") is None


@on_a_phone
def test_a_pin_code_of_another_state_is_told_at_its_field(page, shop):
    to_checkout(page, shop, "incense")
    fill_address(page)
    page.locator("#f-state").select_option(label="Goa")
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("alert").get_by_role("link", name=re.compile(r"\d{6} is not a PIN code of Goa")).click()
    assert page.evaluate("document.activeElement.id") == "f-pincode"
