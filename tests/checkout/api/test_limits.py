"""Orders and carts are counted at both doors: nobody holds a shop's stock without paying, whatever they script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from catalog.inventory.models import Reservation
from catalog.inventory.services.expire import expire_due
from checkout.api import limits
from checkout.cart.models import Cart, CartLine
from checkout.order.models import Order
from checkout.order.services.cancel_order import cancel_order
from tests.checkout.api.conftest import Guest
from tests.checkout.payment.conftest import drain
from tests.checkout.payment.test_api import Buyer
from tests.checkout.storefront.conftest import Browser, text_of
from tests.factories.orders import _paid
from tests.factories.people import make_user
from tests.factories.shop import make_shipping
from tests.factories.variants import make_variant
from tests.razorpay import razorpay, razorpay_process  # noqa: F401


@pytest.fixture(autouse=True)
def _counted_anew():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def few(settings):
    """`few(limit, 2)`: so many of this limit; the others in proportion."""

    def narrow(limit, amount: int) -> None:
        settings.RATE_LIMIT_FACTOR = amount / limit.amount

    return narrow


def _order(mug, **changes):
    guest = Guest()
    guest.put_in_cart(mug)
    return guest.order(**changes)


def _refused(answer, limit) -> None:
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(answer["Retry-After"]) <= limit.seconds
    assert f'"{limit.name}";r=0' in answer["RateLimit"] and f'"{limit.name}";q=' in answer["RateLimit-Policy"]


@pytest.mark.parametrize("method", ["razorpay", "cod"])
def test_unpaid_orders_of_one_address_are_few_at_a_time(mug, shipping, few, method):
    few(limits.UNPAID_OF_ADDRESS, 2)
    placed = [_order(mug, payment_method=method) for _ in range(2)]
    assert [answer.status_code for answer in placed] == [201, 201]
    assert f'"{limits.UNPAID_OF_ADDRESS.name}";r=0' in placed[1]["RateLimit"]
    refused = _order(mug, payment_method=method)
    _refused(refused, limits.UNPAID_OF_ADDRESS)
    assert "not paid yet" in refused.json()["detail"]
    assert (Order.objects.count(), Reservation.objects.count(), CartLine.objects.count()) == (2, 2, 1)


@pytest.mark.parametrize("end", [_paid, lambda order: cancel_order(order_id=order.pk, at=timezone.now())])
def test_what_is_paid_or_cancelled_counts_no_more(mug, shipping, few, end):
    few(limits.UNPAID_OF_ADDRESS, 1)
    assert _order(mug, payment_method="razorpay").status_code == 201
    assert _order(mug, payment_method="razorpay").status_code == 429
    end(Order.objects.get())
    drain()
    assert _order(mug, payment_method="razorpay").status_code == 201
    assert _order(mug, payment_method="razorpay").status_code == 429


def test_what_was_not_placed_is_not_counted(mug, shipping, few):
    few(limits.UNPAID_OF_ADDRESS, 1)
    guest = Guest()
    guest.put_in_cart(mug)
    assert guest.order(address={"name": "A"}).status_code == 400
    assert guest.order(shipping_method="none").status_code == 400
    assert guest.order(key="once").status_code == 201
    assert guest.order(key="once")["Idempotent-Replayed"] == "true"


def test_pieces_that_are_taken_again_count_like_a_new_order(db, razorpay, few):  # noqa: F811
    make_shipping(free_from=0)
    buyer = Buyer()
    order = Order.objects.get(pk=buyer.buy())
    browser = Browser()
    browser.cookies["cart_token"] = buyer.cart_token
    cache.clear()
    few(limits.UNPAID_OF_ADDRESS, 1)
    assert buyer.start().status_code == 201  # they are held still
    expire_due(at=timezone.now() + timedelta(minutes=31))
    other = make_variant(stock=2)
    assert _order(other, payment_method="razorpay").status_code == 201
    _refused(buyer.start(), limits.UNPAID_OF_ADDRESS)
    page = browser.get(f"/checkout/pay/{order.number}/")
    assert page.status_code == 429 and "not paid yet" in text_of(page)
    assert not Reservation.objects.filter(reference=order.reference, status="held").exists()
    cache.clear()
    assert buyer.start().status_code == 201
    assert _order(other, payment_method="razorpay").status_code == 429
    cancel_order(order_id=order.pk, at=timezone.now())
    drain()
    assert _order(other, payment_method="razorpay").status_code == 201


def test_orders_of_one_address_in_a_minute(mug, shipping, few, monkeypatch):
    monkeypatch.setattr(limits, "UNPAID_OF_ADDRESS", limits.Limit("wide", 1_000_000, 60))
    few(limits.ORDERS_OF_ADDRESS, 1)
    assert _order(mug).status_code == 201
    _refused(_order(mug), limits.ORDERS_OF_ADDRESS)
    assert Order.objects.count() == 1


def test_new_carts_of_one_address_and_changes_of_one_cart(mug, few):
    few(limits.CARTS_OF_ADDRESS, 2)
    guest, other = Guest(), Guest()
    assert [one.put_in_cart(mug).status_code for one in (guest, other)] == [201, 201]
    _refused(Guest().put_in_cart(mug), limits.CARTS_OF_ADDRESS)
    assert Cart.objects.count() == 2
    line = guest.put_in_cart(mug).json()["id"]
    assert guest.call("patch", f"cart/items/{line}/", {"quantity": 5}).status_code == 200
    _refused(guest.call("patch", f"cart/items/{line}/", {"quantity": 6}), limits.WRITES_OF_CART)
    _refused(guest.put_in_cart(mug), limits.WRITES_OF_CART)
    assert CartLine.objects.get(pk=line).quantity == 5
    assert other.put_in_cart(mug).status_code == 200
    assert guest.call("get", "cart/").status_code == 200


def test_pages_count_too(mug, shipping, few):
    few(limits.UNPAID_OF_ADDRESS, 1)
    assert _order(mug).status_code == 201
    browser = Browser()
    browser.send("/cart/add/", {"product": mug.core_id, "quantity": 1})
    sent = browser.place(browser.to_review())
    assert sent["Location"] == "/checkout/review/"
    assert "not paid yet" in text_of(browser.get("/checkout/review/"))
    assert (Order.objects.count(), CartLine.objects.count()) == (1, 1)


def test_pages_count_carts(mug, few):
    few(limits.CARTS_OF_ADDRESS, 1)
    for client in (Browser(), Browser()):
        answer = client.send("/cart/add/", {"product": mug.core_id, "quantity": 1}, **{"HX-Request": "true"})
    assert answer.status_code == 429
    assert Cart.objects.count() == 1


def test_a_signed_in_cart_is_counted_by_its_owner(mug, few):
    few(limits.WRITES_OF_CART, 1)
    asha = make_user("asha")
    counted = []
    for user in (asha, asha, make_user("ravi")):
        client = Guest()
        client.force_authenticate(user)
        counted.append(client.put_in_cart(mug).status_code)
    assert counted == [201, 429, 201]


def test_a_cache_that_is_away_lets_everybody_order(mug, shipping, monkeypatch):
    monkeypatch.setattr("shop.core.limits.ratelimit.consume", lambda *_, **__: 1 / 0)
    assert _order(mug, payment_method="razorpay").status_code == 201


def test_a_load_test_counts_nothing(mug, shipping, settings):
    settings.RATE_LIMIT_FACTOR = 1_000_000
    placed = _order(mug, payment_method="razorpay")
    assert placed.status_code == 201 and "RateLimit" not in placed
