"""Each happening of an order is told once, to whom it concerns, with its own facts."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from checkout.order.letter_subscribers import PARCELS, PLAIN, RETURNS, write_that_money_goes_back
from checkout.payment.models import Payment
from checkout.payment.selectors import money_due
from checkout.payment.subscribers import give_back
from shop.core.money import Money
from shop.core.outbox import relay
from shop.core.outbox.models import Delivery, OutboxEvent
from shop.core.tasks.runner import run_everything_due
from shop.notifications.kinds import Topic, kinds
from shop.notifications.models import Notification
from tests.factories.orders import make_order, make_paid_order
from tests.factories.people import make_user
from tests.threads import at_once


def happens(name: str, order, **facts) -> OutboxEvent:
    named = {} if name.startswith("payment.") else {"order_id": order.pk}
    payload = named | {"reference": order.reference} | facts
    return OutboxEvent.objects.create(name=name, aggregate=order.reference, payload=payload, occurred_at=timezone.now())


def drain() -> None:
    while run_everything_due():
        pass


def told(kind: str) -> list[Notification]:
    return list(Notification.objects.filter(kind=kind).order_by("channel", "pk"))


@pytest.fixture
def order(db):
    return make_order(user=make_user("asha"))


FACTS = {
    "order.delivered": {}, "order.cancelled": {"by_person": True}, "order.paid": {"payment_id": 1},
    "order.shipped": {"fulfillment_id": 7}, "fulfillment.out_for_delivery": {"fulfillment_id": 7},
    "payment.refunded": {"payment_id": 1, "refund_id": 3, "amount": 64900, "currency": "INR"},
    "order.refund_due": {"payment_id": 1, "reason": "late"},
    **{name: {"return_id": 5, "amount": 64900, "currency": "INR"} for name in RETURNS},
}  # fmt: skip
KINDS = PLAIN | PARCELS | RETURNS | {"payment.refunded": "refund_done", "order.refund_due": "refund_started"}


@pytest.mark.parametrize("name", sorted(FACTS))
def test_each_happening_is_told_by_mail_and_on_the_bell_once(order, name):
    drain()
    mail.outbox.clear()
    if name == "payment.refunded":  # the order's own part of it wants a payment that was captured
        order = make_paid_order(user=order.user)
        drain()
        mail.outbox.clear()
    for _twice in range(2):
        happens(name, order, **FACTS[name])
    drain()
    notices = told(KINDS[name])
    assert [notice.channel for notice in notices] == ["email", "in_app"]
    [letter] = [letter for letter in mail.outbox if order.number in letter.subject + letter.body]
    assert "{" not in letter.subject + letter.body
    assert ("₹649" in letter.body) or "amount" not in FACTS[name] or name in ("return.requested",)


def test_two_parcels_are_two_happenings(order):
    for parcel in (1, 2, 2):
        happens("order.shipped", order, fulfillment_id=parcel)
    drain()
    assert len([notice for notice in told("order_shipped") if notice.channel == "email"]) == 2


def test_a_failed_payment_is_told_once_while_it_can_be_paid(db):
    order = make_order(method="razorpay")
    for payment_id in (1, 1, 2):
        happens("payment.failed", order, payment_id=payment_id, error="declined")
    drain()
    assert len(told("payment_failed")) == 2
    paid = make_paid_order()
    happens("payment.failed", paid, payment_id=9, error="declined")
    drain()
    assert len(told("payment_failed")) == 2


def test_a_letter_names_what_goes_back_of_the_payment_not_what_the_order_costs(db):
    order = make_order(method="razorpay", user=make_user("asha"))
    payment = Payment.objects.create(
        reference=order.reference, provider="cod", amount=64900, captured_amount=64900, currency="INR", status="paid",
        refunded_amount=4900,
    )  # fmt: skip
    due = happens("order.refund_due", order, payment_id=payment.pk, reason="late")
    write_that_money_goes_back(due)
    assert "₹600 for order" in told("refund_started")[0].message
    give_back(due)
    write_that_money_goes_back(due)  # by a consumer that comes late
    assert [notice.channel for notice in told("refund_started")] == ["email", "in_app"]
    assert money_due(payment.pk) == Money(60000, "INR")


def test_support_hears_of_a_refund_that_failed(order):
    sam, _maya = make_user("sam", role="support"), make_user("maya", role="merchandiser")
    happens("payment.refund_failed", order, payment_id=1, refund_id=2, amount=64900, currency="INR", error="closed")
    drain()
    notices = told("refund_failed")
    assert {notice.recipient for notice in notices} == {sam}
    assert "closed" in notices[0].message
    assert f"/admin/snippets/order/order/inspect/{order.pk}/" in notices[0].url
    assert not [letter for letter in mail.outbox if letter.to == [order.email] and "failed" in letter.subject]


def test_relays_at_once_and_replays_tell_once(own_database):
    order = make_order()
    events = [happens("order.delivered", order), happens("order.shipped", order, fulfillment_id=1)]
    at_once([relay.relay_due] * 4)
    Delivery.objects.all().delete()
    OutboxEvent.objects.filter(pk__in=[event.pk for event in events]).update(relayed_at=None)
    at_once([relay.relay_due] * 4)
    drain()
    assert [len(told(kind)) for kind in ("order_delivered", "order_shipped")] == [1, 1]


def test_a_guest_hears_by_sms_where_the_shop_has_a_service(db):
    with override_settings(SMS_URL="console://"):
        make_order(phone="+919876543210")
        drain()
    assert [(notice.channel, notice.address) for notice in told("order_placed") if notice.channel == "sms"] == [
        ("sms", "+919876543210")
    ]


def test_telling_asks_little(order, django_assert_max_num_queries):
    from checkout.order.letters import write_about

    with django_assert_max_num_queries(16):  # order 4, day 1, person 1, text and choices 2, and a row for each way
        write_about(order.pk, "order_delivered")


def test_every_kind_of_an_order_has_both_languages():
    for kind in kinds.values():
        if kind.topic == Topic.ORDERS:
            assert set(kind.texts) == {"en", "hi"}
