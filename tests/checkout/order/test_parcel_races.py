"""Parcels and returns under concurrency, on real connections; and what happens when a lock or a constraint is gone."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from catalog.inventory.errors import NotHeld
from checkout.order import locks
from checkout.order.errors import NotReturnable, WrongState
from checkout.order.models import Fulfillment, Order, OrderLine, Return, TrackingEvent
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.decide_return import decide_return
from checkout.order.services.deliver_parcel import deliver_parcel
from checkout.order.services.follow_parcel import News, follow_parcel
from checkout.order.services.receive_return import receive_return
from checkout.order.services.refund_return import refund_return
from checkout.order.services.request_return import request_return
from checkout.order.services.ship_order import ship_order
from checkout.order.services.ship_parcel import ship_parcel
from checkout.payment.errors import NotRefundable
from checkout.payment.models import Payment, Refund
from checkout.payment.services.request_refund import request_refund
from checkout.shipping.models import CourierMessage
from checkout.shipping.services.receive_report import receive_report
from shop.core.errors import Invalid
from shop.core.outbox.models import OutboxEvent
from tests.checkout.order.books import assert_books_add_up, events
from tests.checkout.order.test_tracking import signed
from tests.courier import SECRET
from tests.factories import orders as made
from tests.factories.variants import item_of, make_variant
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race
TIMES = 4


def kinds(results: list) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def without_order_lock(monkeypatch) -> None:
    """The order is read and not locked: what the negative controls take away."""

    def read(order_id: int) -> Order:
        return Order.objects.get(pk=order_id)

    for module in ("ship_parcel", "request_return", "cancel_order"):
        monkeypatch.setattr(f"checkout.order.services.{module}.lock_order", read)
    monkeypatch.setattr(locks, "lock_order", read)


@contextmanager
def without_constraint(table: str, name: str, check: str):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {check} NOT VALID")


def one_of(order: Order) -> dict[int, int]:
    return {order.lines.get().pk: 1}


def ship_one(order: Order):
    return ship_parcel(order_id=order.pk, items=one_of(order), at=timezone.now())


def ask_one(order: Order):
    return request_return(order_id=order.pk, items=one_of(order), reason="x", at=timezone.now())


def test_two_parcels_never_hold_the_same_unit(own_database):
    mug = make_variant(stock=50)
    for _ in range(TIMES):
        order = made.make_order(variant=mug, quantity=1)
        results = at_once([partial(ship_one, order)] * 3)
        assert kinds(results) == ["Fulfillment", "WrongState", "WrongState"]
        assert order.fulfillments.count() == 1
    assert item_of(mug).on_hand == 50 - TIMES
    assert_books_add_up()


def test_two_whole_shipments_are_one(own_database):
    order = made.make_order(quantity=2)
    results = at_once([partial(ship_order, order_id=order.pk, at=timezone.now())] * 3)
    assert kinds(results) == ["Order"] * 3
    assert order.fulfillments.count() == 1 and OutboxEvent.objects.filter(name="order.shipped").count() == 1
    assert_books_add_up()


def _rivals_meet(monkeypatch, name: str) -> None:
    """Both rivals have looked before either writes, as an order that is not locked lets them."""
    import threading

    meeting = threading.Barrier(2)
    module, _, attribute = name.rpartition(".")
    real = getattr(__import__(module, fromlist=["x"]), attribute)

    def look(*args, **kwargs):
        seen = real(*args, **kwargs)
        meeting.wait(timeout=20)
        return seen

    monkeypatch.setattr(name, look)


def test_without_the_orders_lock_the_database_refuses_the_second_parcel(own_database, monkeypatch):
    """Negative control: the clean answer of the test above is gone, an error of the database is left."""
    order = made.make_order(quantity=1)
    without_order_lock(monkeypatch)
    _rivals_meet(monkeypatch, "checkout.order.services.ship_parcel._units")
    results = at_once([partial(ship_one, order)] * 2)
    assert kinds(results) != ["Fulfillment", "WrongState"]
    assert sum(isinstance(result, IntegrityError | NotHeld) for result in results) == 1
    assert_books_add_up()


def test_two_returns_of_the_same_unit(own_database):
    for _ in range(TIMES):
        order = made.make_delivered_order(quantity=1)
        results = at_once([partial(ask_one, order)] * 3)
        assert kinds(results) == ["NotReturnable", "NotReturnable", "Return"]
        assert isinstance(next(r for r in results if not isinstance(r, Return)), NotReturnable)
    assert_books_add_up()


@pytest.mark.parametrize("constrained", [True, False])
def test_without_the_orders_lock_a_unit_comes_back_twice(own_database, monkeypatch, constrained):
    """Negative control: with the lock gone the constraint holds; with both gone the books are wrong."""
    order = made.make_delivered_order(quantity=1)
    without_order_lock(monkeypatch)
    _rivals_meet(monkeypatch, "checkout.order.services.request_return._checked")
    twice = [partial(ask_one, order)] * 2
    if constrained:
        assert kinds(at_once(twice)) == ["IntegrityError", "Return"]
        return
    check = "CHECK (returned <= shipped)"
    with without_constraint("order_orderline", "order_line_returned_within_shipped", check):
        assert kinds(at_once(twice)) == ["Return", "Return"]
    line = OrderLine.objects.get()
    assert line.returned > line.shipped


def test_shipping_a_part_against_cancelling_has_one_end(own_database):
    mug = make_variant(stock=50)
    for _ in range(TIMES):
        order = made.make_order(variant=mug, quantity=2)
        results = at_once(
            [partial(ship_one, order), partial(cancel_order, order_id=order.pk, at=timezone.now(), by="sam")]
        )
        order.refresh_from_db()
        left = order.fulfillment_status == "partial"
        assert left is not (order.status == "cancelled")
        assert sum(isinstance(result, WrongState) for result in results) == 1
        assert item_of(mug).reserved == sum(o.lines.get().unshipped for o in Order.objects.exclude(status="cancelled"))
    assert_books_add_up()


def test_a_return_against_a_refund_never_pays_more_than_came(own_database):
    for _ in range(TIMES):
        order = made.make_return(status="received", paid=True, units=2).order
        coming, payment = order.returns.get(), Payment.objects.get(reference=order.reference)
        ask = partial(request_refund, payment_id=payment.pk, amount=payment.refundable, reason="x", by="sam")
        results = at_once(
            [
                partial(refund_return, return_id=coming.pk, at=timezone.now(), by="sam"),
                partial(ask, at=timezone.now()),
            ]
        )
        assert sum(isinstance(result, NotRefundable) for result in results) == 1
        payment.refresh_from_db()
        assert payment.refunded_amount <= payment.captured_amount
    assert_books_add_up()


def test_two_refunds_of_one_return_are_one(own_database):
    coming = made.make_return(status="received", paid=True)
    at_once([partial(refund_return, return_id=coming.pk, at=timezone.now(), by="sam")] * 3)
    assert Refund.objects.count() == 1


def test_received_against_rejected_has_one_end(own_database):
    mug = make_variant(stock=20)
    for _ in range(TIMES):
        coming = made.make_return(status="approved", variant=mug)
        before = item_of(mug).on_hand
        at_once(
            [
                partial(receive_return, return_id=coming.pk, at=timezone.now()),
                partial(decide_return, return_id=coming.pk, approve=False, answer="no", at=timezone.now()),
            ]
        )
        coming.refresh_from_db()
        assert item_of(mug).on_hand == before + (coming.status == "received")
        assert coming.status in ("received", "rejected")
    assert_books_add_up()


def _news(parcel: Fulfillment, event_id: str, status: str, collected=None) -> News:
    return News("manual", event_id, str(parcel.key), status, "", "", collected, timezone.now())


def test_a_courier_that_repeats_itself_is_heard_once(own_database):
    order = made.make_shipped_order()
    parcel = order.fulfillments.get()
    news = _news(parcel, "e1", "delivered", collected=True)
    at_once([partial(follow_parcel, news=news, at=timezone.now())] * 4)
    assert TrackingEvent.objects.count() == 1
    assert OutboxEvent.objects.filter(name="order.delivered").count() == 1
    assert Payment.objects.get().status == "paid"


def test_delivered_against_refused_has_one_end(own_database):
    mug = make_variant(stock=20)
    for _ in range(TIMES):
        order = made.make_shipped_order(variant=mug)
        parcel, before = order.fulfillments.get(), item_of(mug).on_hand
        at_once(
            [
                partial(follow_parcel, news=_news(parcel, "a", "delivered", collected=True), at=timezone.now()),
                partial(follow_parcel, news=_news(parcel, "b", "refused"), at=timezone.now()),
                partial(deliver_parcel, fulfillment_id=parcel.pk, at=timezone.now()),
            ]
        )
        order.refresh_from_db()
        assert (order.status, order.payment_status, item_of(mug).on_hand - before) in (
            ("completed", "paid", 0),
            ("cancelled", "void", 1),
        )
    assert_books_add_up()


def test_lines_in_opposite_order_never_deadlock(own_database):
    first, second = make_variant(stock=50), make_variant(stock=50)
    orders = [
        made.make_order_of({first: 1, second: 1} if n % 2 else {second: 1, first: 1}, method="cod") for n in range(12)
    ]

    def through(order: Order):
        parcel = ship_parcel(order_id=order.pk, at=timezone.now())
        return deliver_parcel(fulfillment_id=parcel.pk, at=timezone.now(), refused=order.pk % 2 == 0)

    assert kinds(at_once([partial(through, order) for order in orders])) == ["Fulfillment"] * 12
    assert_books_add_up()


def test_an_impossible_parcel_is_invalid_not_an_error(own_database):
    order = made.make_order(quantity=1)
    with pytest.raises(Invalid):
        ship_parcel(order_id=order.pk, items={0: 1}, at=timezone.now())


def test_the_same_message_at_once_is_stored_and_told_once(own_database, settings):
    settings.COURIER_API_URL, settings.COURIER_WEBHOOK_SECRETS = "http://127.0.0.1:9", [SECRET]
    body, headers = signed(reference="r", status="delivered")
    results = at_once([partial(receive_report, courier="http", body=body, headers=headers)] * 5)
    assert {type(result) for result in results} == {CourierMessage}
    assert (CourierMessage.objects.count(), len(events("courier.reported"))) == (1, 1)
