"""Orders under concurrency, through the API's own views, on connections of their own."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db.models import Sum
from django.utils import timezone

from catalog.inventory.models import Reservation
from catalog.inventory.services.expire import expire_due
from checkout.order.models import Order, OrderEvent
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.settle_payment import settle_payment
from checkout.order.services.ship_order import ship_order
from checkout.payment.models import Payment
from shop.core.money import Money
from shop.core.outbox.models import OutboxEvent
from tests.checkout.api.conftest import Guest
from tests.factories.shop import make_shipping
from tests.factories.variants import item_of, make_variant
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race


def _filled(variant, quantity=1) -> Guest:
    guest = Guest()
    assert guest.put_in_cart(variant, quantity).status_code in (200, 201)
    return guest


def _statuses(answers) -> Counter:
    return Counter(getattr(answer, "status_code", repr(answer)) for answer in answers)


def test_a_hundred_buyers_thirty_units(own_database):
    make_shipping()
    variant = make_variant(stock=30)
    buyers = [_filled(variant) for _ in range(100)]
    answers = [
        answer for n in range(0, 100, 20) for answer in at_once([partial(b.order, key="k") for b in buyers[n : n + 20]])
    ]
    assert _statuses(answers) == {201: 30, 409: 70}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"out_of_stock"}
    assert Order.objects.count() == 30
    assert (item_of(variant).on_hand, item_of(variant).reserved) == (30, 30)
    assert Reservation.objects.aggregate(n=Sum("quantity"))["n"] == 30


@pytest.mark.parametrize("key", ["same", None])
def test_a_double_click_makes_one_order(own_database, key):
    make_shipping()
    variant = make_variant(stock=30)
    guest = _filled(variant)
    answers = at_once([partial(guest.order, key=key)] * 6)
    assert Order.objects.count() == 1
    allowed = {201, 409} if key else {201, 400}  # in progress; or the cart is empty by then
    assert set(_statuses(answers)) <= allowed
    assert item_of(variant).reserved == 1


def test_two_carts_in_opposite_order_never_deadlock(own_database):
    make_shipping()
    first, second = make_variant(stock=200), make_variant(stock=200)
    buyers = []
    for n in range(24):
        guest = _filled(first if n % 2 else second)
        guest.put_in_cart(second if n % 2 else first)
        buyers.append(guest)
    assert _statuses(at_once([guest.order for guest in buyers])) == {201: 24}


def _online_order(variant) -> Order:
    answer = _filled(variant).order(payment_method="razorpay")
    assert answer.status_code == 201
    return Order.objects.get(pk=answer.json()["id"])


def _pay(order, payment_id=1):
    amount = Money(order.total, order.currency)
    return settle_payment(order_id=order.pk, payment_id=payment_id, amount=amount, at=timezone.now())


def test_payment_against_cancellation_has_one_end(own_database):
    make_shipping()
    variant = make_variant(stock=50)
    for _ in range(6):
        order = _online_order(variant)
        payment = Payment.objects.create(
            reference=order.reference, provider="razorpay", amount=order.total, currency="INR", status="paid"
        )
        at_once([partial(_pay, order, payment.pk), partial(cancel_order, order_id=order.pk, at=timezone.now())])
        order.refresh_from_db()
        refunds = OutboxEvent.objects.filter(name="order.refund_due", aggregate=order.reference)
        assert (order.status, order.payment_status) == ("cancelled", "refund_due")
        assert {event.payload["payment_id"] for event in refunds} == {payment.pk}
        assert not Reservation.objects.filter(reference=order.reference, status="held").exists()


def test_two_captures_pay_once_and_one_goes_back(own_database):
    make_shipping()
    variant = make_variant(stock=50)
    for _ in range(5):
        order = _online_order(variant)
        at_once([partial(_pay, order, 1), partial(_pay, order, 2)])
        names = Counter(OutboxEvent.objects.filter(aggregate=order.reference).values_list("name", flat=True))
        assert (names["order.paid"], names["order.refund_due"]) == (1, 1)
        assert OrderEvent.objects.filter(order=order, kind="paid").count() == 1


def test_shipping_against_cancelling_has_one_end(own_database):
    make_shipping()
    variant = make_variant(stock=50)
    for _ in range(6):
        order = Order.objects.get(pk=_filled(variant).order().json()["id"])
        before = item_of(variant).on_hand
        at_once(
            [
                partial(ship_order, order_id=order.pk, at=timezone.now()),
                partial(cancel_order, order_id=order.pk, at=timezone.now()),
            ]
        )
        order.refresh_from_db()
        shipped = order.fulfillment_status == "shipped"
        assert shipped is not (order.status == "cancelled")
        assert item_of(variant).on_hand == before - shipped
        assert item_of(variant).reserved == 0


def test_money_after_the_hold_takes_stock_again_or_goes_back(own_database):
    """S6: never negative stock, never silence."""
    make_shipping()
    variant = make_variant(stock=1)
    late = _online_order(variant)
    expire_due(at=timezone.now() + timedelta(minutes=31))
    assert item_of(variant).reserved == 0
    _pay(late)
    late.refresh_from_db()
    assert (late.payment_status, item_of(variant).reserved) == ("paid", 1)

    other = make_variant(stock=1)
    late = _online_order(other)
    expire_due(at=timezone.now() + timedelta(minutes=31))
    quick = _filled(other).order()
    assert quick.status_code == 201
    _pay(late)
    late.refresh_from_db()
    assert (late.status, late.payment_status) == ("cancelled", "refund_due")
    assert OutboxEvent.objects.filter(name="order.refund_due", aggregate=late.reference).count() == 1
    assert item_of(other).reserved == 1


def test_a_payment_of_another_amount_pays_nothing(own_database):
    make_shipping()
    order = _online_order(make_variant())
    for amount in (Money(order.total - 1, "INR"), Money(order.total, "USD")):
        settle_payment(order_id=order.pk, payment_id=1, amount=amount, at=timezone.now())
    order.refresh_from_db()
    assert order.payment_status == "pending"
    assert OutboxEvent.objects.filter(name="order.refund_due").count() == 2
