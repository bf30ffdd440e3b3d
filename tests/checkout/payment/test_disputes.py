"""Disputes (R28): told once, nothing refunded beside an open one, and a lost one is money gone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from checkout.order.events import RefundDue
from checkout.payment.errors import DisputeOpen, NotRefundable
from checkout.payment.models import Dispute, LedgerEntry, Payment, Refund
from checkout.payment.selectors import balance_of
from checkout.payment.services.import_dispute import import_dispute
from checkout.payment.services.refund_payment import refund_payment
from checkout.payment.services.retry_refund import close_refund, retry_refund
from shop.core.db import durable
from shop.core.errors import NotThere
from shop.core.outbox import publish
from tests.checkout.payment.conftest import Purchase, drain, snapshot, told
from tests.threads import at_once

K = LedgerEntry.Kind


@pytest.fixture
def payment(purchase) -> Payment:
    return purchase.paid()


@pytest.fixture
def dispute(payment, razorpay, purchase) -> Dispute:
    data = {"amount": 100_000, "reason_code": "goods_not_received"}
    razorpay.control("POST", f"payments/{payment.provider_payment_id}/dispute", data)
    purchase.hear("payment.dispute.created")
    return Dispute.objects.get()


def decide(razorpay, dispute: Dispute, status: str) -> None:
    razorpay.control("POST", f"disputes/{dispute.provider_dispute_id}/transition", {"status": status})


def refund(payment: Payment, **facts) -> Refund:
    return refund_payment(**{"payment_id": payment.pk, "amount": None, "reason": "", "by": "sam"} | facts)


def test_it_is_told_once_and_moves_no_money(dispute, payment, purchase):
    purchase.hear(times=3)
    payment.refresh_from_db()
    assert (dispute.amount, dispute.status, dispute.phase, dispute.reason) == (
        100_000, "open", "chargeback", "goods_not_received"
    )  # fmt: skip
    assert dispute.respond_by > timezone.now()
    assert (payment.status, payment.refundable, balance_of(payment).disputed) == ("paid", 129_900, 0)
    (event,) = told("payment.disputed")
    assert (event["dispute_id"], event["amount"], event["reference"]) == (dispute.pk, 100_000, "test:1")


def test_no_new_refund_while_it_is_open_unless_forced(dispute, payment, razorpay):
    before = snapshot()
    with pytest.raises(DisputeOpen):
        refund(payment)
    assert snapshot() == before
    assert not razorpay.calls("POST", "/refund")
    assert refund(payment, force=True).status == "processed"


def test_an_order_that_dies_meanwhile_refunds_nothing_by_itself(dispute, payment, razorpay):
    with durable():
        publish(RefundDue(1, payment.pk, "cancelled"), aggregate="order:1")
    drain()
    assert not Refund.objects.exists()
    assert not razorpay.calls("POST", "/refund")


def test_lost_is_money_gone_without_a_refund(dispute, payment, razorpay, purchase):
    decide(razorpay, dispute, "lost")
    purchase.hear(times=2)
    dispute.refresh_from_db()
    payment.refresh_from_db()
    assert (dispute.status, dispute.deducted) == ("lost", 100_000)
    assert dispute.closed_at
    assert balance_of(payment).disputed == 100_000 == razorpay.ledger()["disputed"]
    assert payment.ledger.filter(kind=K.DISPUTED).count() == 1
    (event,) = told("payment.dispute_closed")
    assert event["status"] == "lost"
    with pytest.raises(NotRefundable):
        refund(payment, amount=29_901)
    assert refund(payment).amount == 29_900


def test_won_leaves_everything_as_it_was(dispute, payment, razorpay, purchase):
    decide(razorpay, dispute, "won")
    purchase.hear()
    payment.refresh_from_db()
    assert (balance_of(payment).disputed, payment.refundable) == (0, 129_900)
    assert [event["status"] for event in told("payment.dispute_closed")] == ["won"]
    assert refund(payment).status == "processed"


def test_a_late_message_does_not_open_it_again(dispute, razorpay, purchase):
    decide(razorpay, dispute, "won")
    purchase.hear("payment.dispute.won")
    purchase.hear("payment.dispute.created")
    assert Dispute.objects.get().status == "won"
    assert len(told("payment.disputed")) == len(told("payment.dispute_closed")) == 1


def test_one_about_a_payment_of_somebody_else_is_nothing(razorpay, purchase):
    purchase.pay()
    paid = razorpay.hooks("payment.captured")
    assert paid
    other = purchase.back["razorpay_payment_id"]  # paid, and never heard of here
    opened = razorpay.control("POST", f"payments/{other}/dispute", {})
    assert import_dispute(provider="razorpay", dispute_id=opened["id"]) is None
    assert not Dispute.objects.exists()


@pytest.mark.postgres_race
def test_heard_in_parallel_it_is_one(own_database, razorpay):
    purchase = Purchase(razorpay)
    payment = purchase.paid()
    opened = razorpay.control("POST", f"payments/{payment.provider_payment_id}/dispute", {})
    razorpay.control("POST", f"disputes/{opened['id']}/transition", {"status": "lost"})
    results = at_once([lambda: import_dispute(provider="razorpay", dispute_id=opened["id"])] * 5)
    assert {result.pk for result in results} == {Dispute.objects.get().pk}
    assert balance_of(payment).disputed == 129_900
    assert len(told("payment.disputed")) == len(told("payment.dispute_closed")) == 1


def failed_refund(payment: Payment, razorpay) -> Refund:
    razorpay.switch(balance=10)
    failed = refund(payment, amount=10_000)
    razorpay.switch(balance=None)
    drain()
    return failed


def test_a_refund_that_failed_is_tried_again_once(payment, razorpay):
    failed = failed_refund(payment, razorpay)
    assert failed.status == "failed"
    again = {retry_refund(refund_id=failed.pk, by="sam", at=timezone.now()).pk for _ in range(2)}
    drain()
    failed.refresh_from_db()
    assert failed.dealt_with_at
    assert again == {Refund.objects.get(status="processed").pk}
    assert razorpay.ledger()["refunded"] == 10_000


def test_only_what_failed_is_tried_again(payment, razorpay):
    done = refund(payment, amount=10_000)
    with pytest.raises(NotRefundable):
        retry_refund(refund_id=done.pk, by="sam", at=timezone.now())
    with pytest.raises(NotThere):
        retry_refund(refund_id=999_999, by="sam", at=timezone.now())
    assert close_refund(refund_id=done.pk, at=timezone.now()).dealt_with_at is None
    assert razorpay.ledger()["refunded"] == 10_000


def test_made_good_another_way_nobody_has_to_look(payment, razorpay):
    failed = failed_refund(payment, razorpay)
    assert close_refund(refund_id=failed.pk, at=timezone.now()).dealt_with_at
    assert razorpay.ledger()["refunded"] == 0
