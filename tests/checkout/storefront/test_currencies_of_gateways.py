"""A gateway is offered only for the currencies that its account takes: nobody holds pieces that they cannot pay."""

from __future__ import annotations

import pytest

from catalog.inventory.models import Reservation
from checkout.order.models import Order
from tests.checkout.api.conftest import Guest
from tests.checkout.storefront.conftest import TYPED, Browser, text_of
from tests.factories.catalog import make_product
from tests.factories.shop import make_shipping


@pytest.fixture
def tea(db, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_never_asked"
    make_shipping(currency="USD", price=900, free_from=None)
    return make_product("Tea", price=64900, prices={"USD": 900})


def _codes(browser: Browser) -> set[str]:
    return {choice["code"] for choice in browser.get("/checkout/payment/").context["methods"]}


def test_the_page_offers_what_takes_dollars(browser, tea, settings):
    browser.send("/preferences/", {"currency": "USD", "next": "/"})
    browser.add(tea)
    browser.send("/checkout/address/", TYPED)
    browser.send("/checkout/delivery/", {"shipping_method": "flat"})
    assert _codes(browser) == {"stripe"}
    settings.RAZORPAY_CURRENCIES = ["INR", "USD"]
    assert _codes(browser) == {"razorpay", "stripe"}
    settings.RAZORPAY_CURRENCIES, settings.STRIPE_SECRET_KEY = ["INR"], ""
    assert "Nothing can be paid in this currency." in text_of(browser.get("/checkout/payment/"))


def test_an_order_is_refused_by_the_field(tea):
    guest = Guest()
    guest.call("post", "cart/items/?currency=USD", {"product_id": tea.pk, "quantity": 1})
    answer = guest.order(query="?currency=USD", payment_method="razorpay")
    assert (answer.status_code, answer.json()["errors"]) == (400, {"payment_method": ["Not offered for USD."]})
    assert not Order.objects.exists()
    assert not Reservation.objects.exists()

    placed = guest.order(query="?currency=USD", payment_method="stripe").json()
    answer = guest.call("patch", f"order/{placed['id']}/", {"payment_method": "razorpay"})
    assert (answer.status_code, answer.json()["code"]) == (409, "payment_method_not_offered")
    assert Order.objects.get().payment_method == "stripe"


def test_the_settings_say_so(client, tea):
    told = {one["code"]: one["currencies"] for one in client.get("/api/settings/").json()["payment_methods"]}
    assert told == {"cod": ["INR", "USD"], "razorpay": ["INR"], "stripe": ["INR", "USD"]}
