"""Payments to look at: empty at rest, and each loose end in its list with the step that mends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from checkout.order.loose_ends import captured_without_order, orders_without_capture
from checkout.order.models import Order
from checkout.order.worklists import with_payment_to_look_at
from checkout.payment.models import Dispute, Payment, Refund, SettlementDifference
from tests.factories import orders as made

pytestmark = pytest.mark.django_db
SCREEN = "/admin/payments/"
LATER = timedelta(minutes=10)


def payment_of(order: Order, **facts) -> Payment:
    names = {
        "reference": order.reference, "provider": "razorpay", "amount": order.total, "currency": order.currency,
        "captured_amount": order.total, "status": "paid", "paid_at": timezone.now(),
    }  # fmt: skip
    return Payment.objects.create(**names | facts)


def lonely() -> set[int]:
    return set(captured_without_order(at=timezone.now() + LATER).values_list("pk", flat=True))


def unpaid() -> set[int]:
    return set(orders_without_capture().values_list("pk", flat=True))


def rows(client) -> dict[str, int]:
    return {entry["title"]: entry["count"] for entry in client.get(SCREEN).context["lists"]}


def test_at_rest_every_list_is_empty(support):
    made.make_paid_order()
    made.make_order()
    made.make_delivered_order()
    made.make_cancelled_order(method="razorpay")
    assert set(rows(support).values()) == {0}
    assert lonely() == unpaid() == set()


def test_money_whose_order_is_dead_or_not_there(support):
    of_nobody = payment_of(made.make_order(method="razorpay"), reference="order:999999")
    dead = payment_of(made.make_cancelled_order(method="razorpay"))
    assert lonely() == {of_nobody.pk, dead.pk}
    assert not captured_without_order(at=timezone.now())  # just captured: its order may be hearing of it
    Payment.objects.filter(pk=dead.pk).update(refunded_amount=dead.amount)
    assert lonely() == {of_nobody.pk}


def test_the_second_payment_of_a_paid_order():
    order = made.make_paid_order()
    second = payment_of(order, provider_payment_id="pay_second")
    assert lonely() == {second.pk}


def test_an_order_that_says_it_is_paid_and_is_not():
    order, cash = made.make_paid_order(), made.make_delivered_order()
    assert unpaid() == set()
    Payment.objects.filter(reference=order.reference).update(status="failed")
    Payment.objects.filter(reference=cash.reference).update(status="void")
    assert unpaid() == {order.pk}


def failed_refund(order: Order) -> Refund:
    payment = Payment.objects.get(reference=order.reference)
    return Refund.objects.create(payment=payment, amount=500, idempotency_key="f", status="failed", error="no balance")


def test_a_failed_refund_is_tried_again_from_its_list(support):
    order = made.make_paid_order()
    failed = failed_refund(order)
    assert order in with_payment_to_look_at(Order.objects.all(), at=timezone.now())
    page = support.get(SCREEN)
    url = reverse("payments:retry_refund", args=[failed.pk])
    assert url in page.content.decode()
    assert "no balance" in support.get(url).content.decode()
    assert not Refund.objects.exclude(pk=failed.pk).exists()
    support.post(url)
    again = Refund.objects.exclude(pk=failed.pk).get()
    assert (again.amount, again.status, again.requested_by) == (500, "requested", "support_person")
    assert rows(support)["Refunds that failed"] == 0
    assert order not in with_payment_to_look_at(Order.objects.all(), at=timezone.now())
    support.post(url)
    assert Refund.objects.count() == 2


def test_a_failed_refund_is_made_good_another_way(support):
    failed = failed_refund(made.make_paid_order())
    url = reverse("payments:close_refund", args=[failed.pk])
    support.post(url, {"note": ""})
    assert rows(support)["Refunds that failed"] == 1
    support.post(url, {"note": "bank transfer 4711"})
    assert rows(support)["Refunds that failed"] == 0
    assert Refund.objects.count() == 1


def test_a_difference_is_closed_with_a_word(support):
    line = SettlementDifference.objects.create(
        provider="razorpay", settlement_id="setl_1", entity_id="pay_1", kind="payment", problem="not a payment of ours",
        amount=100, currency="INR", line=2, found_at=timezone.now(),
    )  # fmt: skip
    assert rows(support)["Differences in settlements"] == 1
    support.post(reverse("payments:close_difference", args=[line.pk]), {"note": "another shop"})
    assert rows(support)["Differences in settlements"] == 0


def test_a_dispute_stands_with_its_order_and_a_refund_must_be_meant(support):
    order = made.make_paid_order()
    payment = Payment.objects.get(reference=order.reference)
    Dispute.objects.create(
        payment=payment, provider_dispute_id="disp_1", amount=500, currency="INR", status="open",
        reason="goods_not_received", respond_by=timezone.now() + timedelta(days=5), opened_at=timezone.now(),
    )  # fmt: skip
    shown = support.get(reverse("wagtailsnippets_order_order:inspect", args=[order.pk])).content.decode()
    assert "disp_1" in shown
    assert "goods not received" in shown
    assert rows(support)["Open disputes"] == 1
    url = reverse("wagtailsnippets_order_order:refund", args=[order.pk, payment.pk])
    typed = {"amount": "1.00", "reason": "chipped", "once": "a"}
    support.post(url, typed)
    assert not Refund.objects.exists()
    support.post(url, typed | {"force": "on"})
    assert Refund.objects.get().amount == 100


def test_the_screen_asks_the_same_number_of_questions(support, django_assert_max_num_queries):
    for _ in range(3):
        payment_of(made.make_cancelled_order(method="razorpay"))
    Payment.objects.update(paid_at=timezone.now() - LATER)
    support.get(SCREEN)
    with django_assert_max_num_queries(14):
        assert len(support.get(SCREEN).context["lists"][0]["rows"]) == 3
