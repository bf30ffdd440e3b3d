"""Orders that store credit pays for: what is left to pay, and where the credit goes when an order dies or comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.inventory.services.expire import expire_due
from checkout.credit.errors import NoCreditAccount
from checkout.order.loose_ends import captured_without_order, orders_without_capture
from checkout.order.models import Order, Return
from checkout.order.rules import to_pay
from checkout.order.services.book_parcel import _cash
from checkout.order.services.cancel_order import cancel_order, cancel_unpaid
from checkout.order.services.change_payment_method import change_payment_method
from checkout.order.services.decide_return import decide_return
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.deliver_parcel import deliver_parcel
from checkout.order.services.place_order import Wishes
from checkout.order.services.receive_return import receive_return
from checkout.order.services.refund_as_credit import refund_as_credit
from checkout.order.services.refund_return import refund_return
from checkout.order.services.request_return import request_return
from checkout.order.services.settle_payment import settle_payment
from checkout.order.services.ship_order import ship_order
from checkout.order.services.ship_parcel import ship_parcel
from checkout.payment.errors import NotRefundable
from checkout.payment.models import Payment
from checkout.payment.services.settle_refund import fail_refund
from shop.core.money import Money
from shop.notifications.models import Notification
from tests.checkout.credit.conftest import all_of_it, assert_money_adds_up, balance, drain, entries
from tests.checkout.order.books import events
from tests.factories import orders as made
from tests.factories.shop import ADDRESS
from tests.factories.variants import item_of, make_variant

pytestmark = pytest.mark.django_db
TOTAL = 649_00 + 49_00  # a mug and its delivery
REST = TOTAL - 500_00


def mail(kind: str) -> list[Notification]:
    return list(Notification.objects.filter(kind=kind, channel="email").order_by("pk"))


def place(user, method="razorpay", **more) -> Order:
    return made.make_order(user=user, method=method, use_credit=True, **more)


def paid(user, **more) -> Order:
    return made._paid(place(user, **more))


def reload(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def returned(order: Order, **how) -> Return:
    """All of it came back; not refunded yet."""
    line = order.lines.get()
    coming = request_return(
        order_id=order.pk, items={line.pk: line.quantity}, reason="Chipped", at=timezone.now(), by="asha", **how
    )
    decide_return(return_id=coming.pk, approve=True, at=timezone.now(), by="sam")
    return receive_return(return_id=coming.pk, at=timezone.now(), by="sam")


def delivered(order: Order) -> Order:
    ship_order(order_id=order.pk, at=timezone.now())
    return deliver_order(order_id=order.pk, at=timezone.now())


def test_the_rest_is_charged(asha):
    order = paid(asha)
    assert (order.total, order.store_credit, to_pay(order).minor) == (TOTAL, 500_00, REST)
    assert (order.payment_status, Payment.objects.get().amount, balance(asha)) == ("paid", REST, 0)
    spent = [(told["amount"], told["about"]) for told in events("store_credit.spent")]
    assert spent == [(500_00, order.reference)]
    assert not orders_without_capture().exists()
    assert_money_adds_up()


def test_the_whole_total_would_pay_it_wrongly(asha):
    """The amount that a gateway captured is held against the rest: the order's total goes back."""
    order = place(asha)
    settle_payment(order_id=order.pk, payment_id=1, amount=Money(TOTAL, "INR"), at=timezone.now())
    assert reload(order).payment_status == "pending"
    assert [due["payment_id"] for due in events("order.refund_due")] == [1]


def test_cash_is_collected_for_the_rest(asha):
    order = place(asha, method="cod")
    due = Payment.objects.get()
    assert (due.provider, due.amount, order.store_credit) == ("cod", REST, 500_00)
    ship_order(order_id=order.pk, at=timezone.now())
    assert _cash(reload(order).fulfillments.get()) == Money(REST, "INR")
    deliver_order(order_id=order.pk, at=timezone.now())
    due.refresh_from_db()
    assert (due.captured_amount, reload(order).payment_status) == (REST, "paid")
    assert_money_adds_up()


def test_covered_it_is_paid_at_once(asha):
    made.give_credit(asha, 1000_00)
    order = place(asha, method="cod")
    assert (order.payment_method, order.payment_status, order.store_credit) == ("store_credit", "paid", TOTAL)
    assert (balance(asha), Payment.objects.count(), order.stock_held_until) == (1500_00 - TOTAL, 0, None)
    assert list(order.events.order_by("pk").values_list("kind", flat=True)) == ["placed", "paid"]
    assert events("order.paid") == [{"order_id": order.pk, "payment_id": 0}]
    assert not orders_without_capture().exists()
    assert delivered(order).status == "completed"
    drain()
    assert (len(mail("order_placed")), mail("order_paid")) == (1, [])
    assert "Store credit: −₹698" in mail("order_placed")[0].message
    assert_money_adds_up()


def test_without_credit_or_without_wanting_it(asha):
    assert made.make_order(user=asha).store_credit == 0
    assert made.make_order(use_credit=True).store_credit == 0  # a guest has none
    assert balance(asha) == 500_00 and Payment.objects.filter(amount=TOTAL).count() == 2


@pytest.mark.parametrize("pay", [place, paid])
def test_cancelled_the_credit_comes_back_once(asha, gateway, pay):
    order = pay(asha)
    for _ in range(2):
        cancel_order(order_id=order.pk, at=timezone.now(), by="asha")
    drain()
    order = reload(order)
    assert (balance(asha), order.credit_returned) == (500_00, 500_00)
    assert gateway.sent == ([REST] if pay is paid else [])
    assert order.payment_status == ("refunded" if pay is paid else "void")
    assert order.events.get(kind="credit_returned").note == "₹500"
    said = mail("order_cancelled")[0].message
    assert "₹500 is store credit again." in said
    assert_money_adds_up()


def test_cancelled_when_covered(asha):
    made.give_credit(asha, 1000_00)
    order = cancel_order(order_id=place(asha).pk, at=timezone.now(), by="asha")
    drain()
    assert (order.payment_status, balance(asha)) == ("refunded", 1500_00)
    assert "Cancelled. ₹698 is store credit again." in mail("order_cancelled")[0].message
    assert_money_adds_up()


def test_a_refunded_order_can_still_be_cancelled(asha, gateway):
    order = made.make_paid_order(user=asha)
    refund_as_credit(payment_id=Payment.objects.get().pk, amount=None, reason="late", by="sam", at=timezone.now())
    drain()
    assert reload(order).payment_status == "refunded"
    assert cancel_order(order_id=order.pk, at=timezone.now(), by="sam").payment_status == "refunded"
    assert gateway.sent == []


def test_the_clock_gives_it_back(asha):
    order = place(asha)
    cancel_unpaid(order_id=order.pk, at=timezone.now() + timedelta(days=6))
    assert (reload(order).status, balance(asha)) == ("cancelled", 500_00)
    assert_money_adds_up()


def test_a_timed_out_order_revives_with_its_credit(asha):
    order = place(asha)
    expire_due(at=timezone.now() + timedelta(hours=1))
    order = made._paid(order)
    assert (order.payment_status, order.credit_returned, balance(asha)) == ("paid", 0, 0)
    assert_money_adds_up()


def test_late_money_of_what_is_sold_out_goes_back_and_so_does_credit(asha, gateway):
    mug = make_variant(stock=1)
    order = place(asha, variant=mug)
    expire_due(at=timezone.now() + timedelta(hours=1))
    made.make_order(variant=mug)
    order = made._paid(order)
    drain()
    assert (order.status, balance(asha), gateway.sent) == ("cancelled", 500_00, [REST])
    assert_money_adds_up()


def test_late_money_of_a_cancelled_order_gives_no_credit_twice(asha, gateway):
    order = place(asha)
    cancel_order(order_id=order.pk, at=timezone.now(), by="asha")
    made._paid(order)
    drain()
    assert (balance(asha), gateway.sent) == (500_00, [REST])
    assert not captured_without_order(at=timezone.now() + timedelta(hours=1)).exists()
    assert_money_adds_up()


def test_refused_at_the_door(asha):
    order = place(asha, method="cod")
    ship_order(order_id=order.pk, at=timezone.now())
    deliver_order(order_id=order.pk, at=timezone.now(), collected=False)
    assert (reload(order).payment_status, balance(asha)) == ("void", 500_00)
    assert_money_adds_up()


def test_another_way_of_paying_keeps_the_credit(asha):
    order = place(asha)
    order = change_payment_method(order_id=order.pk, method="cod", at=timezone.now())
    assert (order.store_credit, Payment.objects.get(provider="cod").amount) == (500_00, REST)
    assert balance(asha) == 0


@pytest.mark.parametrize("to", ["source", "store_credit"])
def test_a_return_gives_money_first_then_credit(asha, gateway, to):
    coming = returned(delivered(paid(asha)), refund_to=to)
    assert coming.refund_to == to
    refund_return(return_id=coming.pk, at=timezone.now(), by="sam")
    drain()
    coming.refresh_from_db()
    order = reload(coming.order)
    # of 649: 198 were paid with money (149 of them for the mug), all else with credit
    assert (coming.refund.amount, coming.credit, coming.status) == (REST, 649_00 - REST, "refunded")
    assert gateway.sent == ([REST] if to == "source" else [])
    assert balance(asha) == (649_00 - REST if to == "source" else 649_00)
    assert order.payment_status == "paid"  # what delivery cost stays
    before = all_of_it()
    refund_return(return_id=coming.pk, at=timezone.now(), by="sam", to="source")
    drain()
    assert all_of_it() == before
    told = [len(mail(kind)) for kind in ("return_refunded", "refund_done", "credit_granted")]
    assert told == ([1, 0, 1] if to == "source" else [0, 0, 2])  # one of them the gift at the start
    assert_money_adds_up()


def test_a_return_of_a_covered_order_is_credit_at_once(asha):
    made.give_credit(asha, 1000_00)
    coming = returned(delivered(place(asha)))
    coming = refund_return(return_id=coming.pk, at=timezone.now(), by="sam", with_delivery=True)
    assert (coming.status, coming.refund, coming.credit, balance(asha)) == ("refunded", None, TOTAL, 1500_00)
    assert reload(coming.order).payment_status == "refunded"
    before = all_of_it()
    refund_return(return_id=coming.pk, at=timezone.now(), by="sam")
    assert all_of_it() == before
    drain()
    assert "₹698 of store credit" in mail("return_refunded")[0].message
    assert_money_adds_up()


def test_a_refund_that_failed_gives_its_credit_once(asha, gateway):
    coming = returned(delivered(paid(asha)))
    coming = refund_return(return_id=coming.pk, at=timezone.now(), by="sam")
    fail_refund(refund_id=coming.refund_id, error="account closed", at=timezone.now())
    again = refund_return(return_id=coming.pk, at=timezone.now(), by="sam", to="store_credit")
    drain()
    again.refresh_from_db()
    assert (again.status, again.credit, balance(asha), gateway.sent) == ("refunded", 649_00 - REST, 649_00, [])
    assert_money_adds_up()


def test_a_cash_return_as_credit_needs_no_bank(asha):
    coming = returned(delivered(made.make_order(user=asha)), refund_to="store_credit")
    refund_return(return_id=coming.pk, at=timezone.now(), by="sam")
    drain()
    coming.refresh_from_db()
    assert (coming.status, balance(asha), Payment.objects.get().credited_amount) == ("refunded", 1149_00, 649_00)
    assert entries(asha)[-1] == ("granted_refund", 649_00)
    assert_money_adds_up()


def test_a_refund_in_parts_as_credit_and_to_the_source(asha, gateway):
    order = made.make_paid_order(user=asha)
    payment = Payment.objects.get()
    for _ in range(2):
        refund_as_credit(
            payment_id=payment.pk, amount=98_00, reason="Chipped", by="sam", at=timezone.now(), idempotency_key="one"
        )
    assert (balance(asha), order.events.filter(kind="refunded").count()) == (598_00, 0)
    drain()
    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount, payment.refundable) == ("paid", 98_00, 600_00)
    before = all_of_it()
    with pytest.raises(NotRefundable):
        refund_as_credit(payment_id=payment.pk, amount=600_01, reason="x", by="sam", at=timezone.now())
    assert all_of_it() == before
    cancel_order(order_id=order.pk, at=timezone.now(), by="sam")
    drain()
    payment.refresh_from_db()
    assert (payment.status, gateway.sent, balance(asha)) == ("refunded", [600_00], 598_00)
    assert reload(order).events.filter(kind="refunded").count() == 2
    assert [notice.subject for notice in mail("credit_granted")][-1] == "₹98 of store credit is yours"
    assert_money_adds_up()


def test_cancelled_to_store_credit(asha, gateway):
    order = cancel_order(order_id=paid(asha).pk, at=timezone.now(), by="sam", to="store_credit")
    drain()
    assert (reload(order).payment_status, balance(asha), gateway.sent) == ("refunded", TOTAL, [])
    assert mail("refund_started") == mail("refund_done") == []
    assert_money_adds_up()


def test_guests_get_money(gateway):
    order = made.make_paid_order()
    before = all_of_it()
    with pytest.raises(NoCreditAccount):
        refund_as_credit(payment_id=Payment.objects.get().pk, amount=None, reason="x", by="sam", at=timezone.now())
    with pytest.raises(NoCreditAccount):
        cancel_order(order_id=order.pk, at=timezone.now(), by="sam", to="store_credit")
    assert all_of_it() == before
    order = delivered(order)
    before = all_of_it()
    with pytest.raises(NoCreditAccount):
        returned(order, refund_to="store_credit")
    assert all_of_it() == before


def test_the_database_keeps_an_orders_credit_straight(asha):
    order = place(asha)
    for change in ({"store_credit": TOTAL + 1}, {"store_credit": -1}, {"credit_returned": 500_01},
                   {"payment_method": "store_credit"}, {"credit_returned": -1}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**change)


def test_a_part_refused_gives_back_money_then_credit(asha, gateway):
    made.give_credit(asha, 400_00)
    mug, lamp = make_variant(price=649_00), make_variant(price=300_00)
    order = made._place({mug: 1, lamp: 1}, asha, timezone.now(), "", _with_credit())
    order = made._paid(order)
    lines = {line.variant_id: line.pk for line in order.lines.all()}
    first = ship_parcel(order_id=order.pk, items={lines[mug.pk]: 1, lines[lamp.pk]: 0}, at=timezone.now())
    second = ship_parcel(order_id=order.pk, at=timezone.now())
    deliver_parcel(fulfillment_id=first.pk, at=timezone.now())
    deliver_parcel(fulfillment_id=second.pk, at=timezone.now(), refused=True)
    drain()
    due = order.total - 900_00
    assert (gateway.sent, balance(asha)) == ([due], 300_00 - due)
    assert (item_of(lamp).on_hand, reload(order).payment_status) == (10, "paid")
    assert_money_adds_up()


def _with_credit():
    return Wishes(address=ADDRESS, payment_method="razorpay", use_store_credit=True)
