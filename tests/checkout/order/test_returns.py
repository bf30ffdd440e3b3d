"""Sending back: what can be, what it is worth, what becomes of the pieces and of the money; refusals change nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.inventory.models import StockMovement
from checkout.order.errors import NotReturnable, ReturnWindowOver, WrongState
from checkout.order.models import Fulfillment, Order, OrderLine, Return, ReturnLine
from checkout.order.services.decide_return import decide_return
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.note_refund import note_refund
from checkout.order.services.receive_return import receive_return
from checkout.order.services.refund_return import refund_return
from checkout.order.services.request_return import request_return
from checkout.order.services.ship_order import ship_order
from checkout.order.worth import worth_of
from checkout.payment.errors import NotRefundable
from checkout.payment.models import Payment, Refund
from checkout.payment.services.request_refund import request_refund
from checkout.payment.services.settle_refund import fail_refund
from shop.core.errors import Invalid
from shop.core.money import Money
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from tests.checkout.order.books import assert_books_add_up, events, everything
from tests.factories import orders as made
from tests.factories.variants import item_of, make_variant

pytestmark = pytest.mark.django_db


class Answering:
    """A gateway that gives back what it is told to."""

    def refund(self, *, payment_id, amount, key):
        from checkout.payment.ports import GatewayRefund, RefundState

        return GatewayRefund(id=f"rfnd_{key}", payment_id=payment_id, receipt=key, amount=amount,
                             state=RefundState.PROCESSED)  # fmt: skip


@pytest.fixture
def gateway(monkeypatch):
    monkeypatch.setattr("checkout.payment.providers.provider", lambda _code: Answering())


@pytest.fixture
def mug():
    return make_variant(sku="MUG", price=64900, stock=10)


@pytest.fixture
def lamp():
    return make_variant(sku="LAMP", price=100_00, stock=10)


@pytest.fixture
def order(mug, lamp) -> Order:
    return delivered(made.make_order_of({mug: 3, lamp: 1}))


def delivered(order: Order) -> Order:
    ship_order(order_id=order.pk, at=timezone.now())
    return deliver_order(order_id=order.pk, at=timezone.now())


def ask(order: Order, mugs: int = 0, lamps: int = 0, *, reason: str = "Chipped") -> Return:
    lines = {line.sku: line.pk for line in order.lines.all()}
    items = {lines.get("MUG"): mugs, lines.get("LAMP"): lamps}
    items = {pk: n for pk, n in items.items() if n}
    return request_return(order_id=order.pk, items=items, reason=reason, at=timezone.now(), by="asha")


def approve(coming: Return) -> Return:
    return decide_return(return_id=coming.pk, approve=True, at=timezone.now(), by="sam")


def reject(coming: Return, answer: str = "Worn") -> Return:
    return decide_return(return_id=coming.pk, approve=False, answer=answer, at=timezone.now(), by="sam")


def receive(coming: Return, written_off=()) -> Return:
    return receive_return(return_id=coming.pk, written_off=written_off, at=timezone.now(), by="sam")


def refund(coming: Return, **more) -> Return:
    return refund_return(return_id=coming.pk, at=timezone.now(), by="sam", **more)


def drain() -> None:
    for _ in range(5):
        run_everything_due()


def test_a_part_comes_back_and_is_paid_back(order, mug, gateway):
    coming = ask(order, mugs=2)
    assert (coming.status, coming.amount) == ("requested", 2 * 64900)
    receive(approve(coming))
    assert item_of(mug).on_hand == 9
    refund(coming)
    coming.refresh_from_db()
    assert coming.status == "received"  # the money has not arrived yet
    drain()
    coming.refresh_from_db()
    order.refresh_from_db()
    assert (coming.status, coming.refund.amount, coming.refund.status) == ("refunded", 2 * 64900, "processed")
    assert (order.fulfillment_status, order.payment_status) == ("delivered", "paid")
    ids = {"order_id": order.pk, "return_id": coming.pk}
    for name in ("requested", "approved", "received"):
        assert events(f"return.{name}") == [ids]
    assert events("return.refunded") == [ids | {"amount": 2 * 64900, "currency": "INR"}]
    kinds = order.events.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-4:] == ["return_requested", "return_approved", "returned", "refunded"]
    assert_books_add_up()


def test_every_step_again_does_nothing(order, gateway):
    coming = ask(order, mugs=1)
    for step in (approve, receive, refund):
        step(coming)
        before = everything()
        step(coming)
        assert everything() == before
    drain()
    before = everything()
    refund(coming)
    drain()
    assert everything() == before


def test_all_of_it_came_back(order, mug, lamp, gateway):
    first, rest = ask(order, mugs=1), ask(order, mugs=2, lamps=1)
    receive(approve(first))
    order.refresh_from_db()
    assert order.fulfillment_status == "delivered"
    receive(approve(rest), written_off=[order.lines.get(sku="LAMP").pk])
    order.refresh_from_db()
    assert order.fulfillment_status == "returned"
    assert (item_of(mug).on_hand, item_of(lamp).on_hand) == (10, 9)
    moved = StockMovement.objects.filter(stock_item=item_of(lamp), reference=order.reference).order_by("pk")
    assert list(moved.values_list("kind", "delta")) == [("sale", -1), ("return", 1), ("adjustment", -1)]
    refund(first)
    refund(rest, with_delivery=True)
    drain()
    order.refresh_from_db()
    assert (order.payment_status, Payment.objects.get().refunded_amount) == ("refunded", order.total)
    assert_books_add_up()


@pytest.mark.parametrize(("price", "discount"), [(99_99, 0), (100_00, 1), (33_33, 17)])
def test_parts_of_a_line_add_up_to_the_paisa(mug, price, discount):
    order = delivered(made.make_order_of({mug: 3, make_variant(sku="LAMP", price=price): 7}))
    Order.objects.filter(pk=order.pk).update(discount=discount, total=order.total - discount)
    order.refresh_from_db()
    line = order.lines.get(sku="LAMP")
    whole = worth_of(order, {line.pk: 7})[line.pk]
    parts = [ask(order, lamps=2).amount for _ in range(3)]
    reject(Return.objects.order_by("pk")[1])
    parts[1] = 0
    parts += [ask(order, lamps=1).amount, ask(order, lamps=2).amount]
    assert sum(parts) == whole
    assert all(part >= 0 for part in parts)


def test_what_was_rejected_can_be_asked_for_again(order):
    coming = ask(order, mugs=3)
    with pytest.raises(NotReturnable) as refusal:
        ask(order, mugs=1)
    assert refusal.value.members["items"][0]["returnable"] == 0
    reject(coming)
    assert ask(order, mugs=3).amount == 3 * 64900
    assert events("return.rejected") == [{"order_id": order.pk, "return_id": coming.pk}]
    assert order.events.get(kind="return_rejected").note == "Worn"


def test_approved_and_never_seen_again(order, mug):
    coming = reject(approve(ask(order, mugs=1)), "It never came")
    assert (coming.status, order.lines.get(sku="MUG").returned, item_of(mug).on_hand) == ("rejected", 0, 7)


def test_the_return_window(order, settings):
    settings.RETURN_WINDOW_DAYS = 7
    Fulfillment.objects.update(delivered_at=timezone.now() - timedelta(days=6, hours=23))
    ask(order, mugs=1)
    Fulfillment.objects.update(delivered_at=timezone.now() - timedelta(days=7, seconds=1))
    before = everything()
    with pytest.raises(NotReturnable):
        ask(order, mugs=1)
    assert everything() == before


def test_long_after_delivery_nothing_comes_back(order):
    Fulfillment.objects.update(delivered_at=timezone.now() - timedelta(days=8))
    before = everything()
    with pytest.raises(ReturnWindowOver) as refusal:
        ask(order, mugs=1)
    assert refusal.value.members["days"] == 7 and everything() == before


@pytest.mark.parametrize("make", [made.make_order, made.make_shipped_order, made.make_cancelled_order])
def test_what_did_not_arrive_does_not_come_back(make):
    order = make()
    line = order.lines.get()
    before = everything()
    with pytest.raises(WrongState):
        request_return(order_id=order.pk, items={line.pk: 1}, reason="x", at=timezone.now())
    assert everything() == before


def test_only_pieces_of_the_order_and_with_a_reason(order):
    foreign = made.make_delivered_order().lines.get()
    line = order.lines.first()
    before = everything()
    for items, reason in (
        ({foreign.pk: 1}, "x"),
        ({}, "x"),
        ({line.pk: 0}, "x"),
        ({line.pk: -1}, "x"),
        ({line.pk: 1}, " "),
    ):
        with pytest.raises(Invalid):
            request_return(order_id=order.pk, items=items, reason=reason, at=timezone.now())
    assert everything() == before


def test_steps_out_of_order_change_nothing(order):
    asked = ask(order, mugs=1)
    rejected = reject(ask(order, lamps=1))
    received = receive(approve(ask(order, mugs=1)))
    before = everything()
    for step, coming in ((receive, asked), (refund, asked), (approve, rejected), (receive, rejected),
                         (refund, rejected), (approve, received), (reject, received)):  # fmt: skip
        with pytest.raises(WrongState):
            step(coming)
    with pytest.raises(Invalid):
        reject(asked, " ")
    assert everything() == before


def test_only_its_own_lines_are_written_off(order):
    coming = approve(ask(order, mugs=1))
    before = everything()
    with pytest.raises(Invalid):
        receive(coming, written_off=[order.lines.get(sku="LAMP").pk])
    assert everything() == before


def test_no_more_goes_back_than_was_paid(order):
    coming = receive(approve(ask(order, mugs=3, lamps=1)))
    payment = Payment.objects.get()
    most = payment.refundable - coming.amount + 1
    request_refund(payment_id=payment.pk, amount=most, reason="late", by="sam", at=timezone.now())
    before = everything()
    with pytest.raises(NotRefundable):
        refund(coming)
    assert everything() == before


def test_a_refund_that_failed_is_sent_again(order, gateway):
    coming = refund(receive(approve(ask(order, mugs=1))))
    fail_refund(refund_id=coming.refund_id, error="account closed", at=timezone.now())
    again = refund(coming)
    assert again.refund_id != coming.refund_id
    drain()
    again.refresh_from_db()
    assert (again.status, Refund.objects.filter(status="processed").count()) == ("refunded", 1)


def test_what_delivery_cost_goes_back_once(lamp, gateway):
    order = delivered(made.make_order_of({lamp: 2}))
    assert order.shipping == 4900
    first, second = (receive(approve(ask(order, lamps=1))) for _ in range(2))
    assert refund(first, with_delivery=True).refund.amount == 100_00 + 4900
    assert refund(second, with_delivery=True).refund.amount == 100_00
    drain()
    assert Payment.objects.get().refunded_amount == order.total


def test_cash_goes_back_by_hand_with_its_proof(mug):
    order = delivered(made.make_order_of({mug: 2}, method="cod"))
    coming = refund(receive(approve(ask(order, mugs=1))), proof="UTR 4711")
    drain()
    coming.refresh_from_db()
    assert (coming.status, coming.refund.reason, coming.refund.payment.provider) == (
        "refunded", f"R-{coming.pk} · UTR 4711", "cod",
    )  # fmt: skip
    assert_books_add_up()


def test_the_money_of_a_return_is_told_in_one_letter(order, gateway):
    refund(receive(approve(ask(order, mugs=1))))
    drain()
    kinds = Notification.objects.filter(channel="email").values_list("kind", flat=True)
    assert sorted(kind for kind in kinds if "refund" in kind) == ["return_refunded"]
    request_refund(payment_id=Payment.objects.get().pk, amount=100, reason="x", by="sam", at=timezone.now())
    drain()
    assert [notice.subject for notice in Notification.objects.filter(channel="email", kind="refund_done")] == [
        f"₹1 for {order.number} has gone back to you"
    ]


def test_other_refunds_end_no_return(order, gateway):
    coming = receive(approve(ask(order, mugs=1)))
    note_refund(order_id=order.pk, amount=Money(100, "INR"), at=timezone.now())
    request_refund(payment_id=Payment.objects.get().pk, amount=100, reason="x", by="sam", at=timezone.now())
    drain()
    coming.refresh_from_db()
    assert coming.status == "received" and events("return.refunded") == []


def test_the_database_keeps_returns_straight(order):
    coming = receive(approve(ask(order, mugs=1)))
    line = coming.lines.get()
    for change in (
        lambda: Return.objects.filter(pk=coming.pk).update(status="refunded"),
        lambda: Return.objects.filter(pk=coming.pk).update(amount=-1),
        lambda: ReturnLine.objects.filter(pk=line.pk).update(quantity=0),
        lambda: ReturnLine.objects.filter(pk=line.pk).update(amount=-1),
        lambda: ReturnLine.objects.create(return_of=coming, order_line=line.order_line, quantity=1, amount=0),
        lambda: OrderLine.objects.filter(pk=line.order_line_id).update(returned=9),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
