"""Money back: never more than came, once per key, whatever is lost on the way."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from checkout.payment.errors import NotRefundable
from checkout.payment.models import Payment, Refund
from checkout.payment.services import send_refund as module
from checkout.payment.services.await_cash import await_cash
from checkout.payment.services.collect_cash import collect_cash
from checkout.payment.services.reconcile import reconcile
from checkout.payment.services.refund_payment import refund_payment
from checkout.payment.services.request_refund import request_refund
from checkout.payment.services.send_refund import send_refund
from checkout.payment.services.void_payments import void_payments
from shop.core.db import CalledInsideTransaction
from shop.core.errors import NotThere
from shop.core.tasks.models import QueuedTask
from tests.checkout.payment.conftest import TOTAL, Purchase, drain, snapshot, told
from tests.threads import at_once

S, R = Payment.Status, Refund.Status


@pytest.fixture
def payment(purchase) -> Payment:
    return purchase.paid()


def refund(payment, amount=None, key=None) -> Refund:
    return refund_payment(payment_id=payment.pk, amount=amount, reason="chipped", by="sam", idempotency_key=key)


def due_now() -> None:
    QueuedTask.objects.update(due_at="2020-01-01T00:00Z")
    drain()


def test_the_whole(payment, gateway):
    done = refund(payment)
    payment.refresh_from_db()
    assert (done.status, done.amount, done.requested_by) == (R.PROCESSED, 129_900, "sam")
    assert (payment.status, payment.refunded_amount) == (S.REFUNDED, 129_900)
    (event,) = told("payment.refunded")
    assert (event["amount"], event["is_full"]) == (129_900, True)
    assert gateway.ledger()["refunded"] == 129_900


def test_in_parts_to_the_last_paisa(payment, gateway):
    for part in (33_333, 33_333, 33_333):
        refund(payment, part)
    assert [event["is_full"] for event in told("payment.refunded")] == [False] * 3
    refund(payment)
    payment.refresh_from_db()
    assert (payment.status, payment.refundable) == (S.REFUNDED, 0)
    assert sum(event["amount"] for event in told("payment.refunded")) == 129_900
    assert gateway.ledger()["refunded"] == 129_900


@pytest.mark.parametrize("amount", [129_901, 0, -1, 10**12])
def test_never_more_than_came(payment, gateway, amount):
    before = snapshot()
    with pytest.raises(NotRefundable) as refusal:
        refund(payment, amount)
    assert refusal.value.members == {"refundable": "1299.00", "currency": "INR"}
    assert snapshot() == before
    assert not Refund.objects.exists()
    assert not gateway.refund_calls()


def test_what_is_on_its_way_counts(payment, gateway):
    gateway.switch(refund_mode="pending")
    refund(payment, 100_000)
    with pytest.raises(NotRefundable):
        refund(payment, 29_901)
    assert refund(payment, 29_900).status == R.PENDING
    assert not told("payment.refunded")


@pytest.mark.parametrize("outcome", ["authorized_only", None])
def test_what_is_not_captured_is_not_refunded(purchase, outcome):
    payment = purchase.start()
    if outcome:
        purchase.pay(outcome)
        payment = purchase.confirm()
    with pytest.raises(NotRefundable) as refusal:
        refund(payment)
    assert refusal.value.members["refundable"] == "0.00"


def test_a_payment_that_is_not_there(db):
    with pytest.raises(NotThere):
        refund_payment(payment_id=999_999, amount=None, reason="", by="")


def test_the_database_itself_refuses_too_much(payment):
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(refunded_amount=129_901)


@pytest.mark.parametrize("key", ["click", "ünïcode 🙂", "x" * 255])
def test_the_same_key_is_the_same_refund(payment, gateway, key):
    assert {refund(payment, 10_000, key).pk for _ in range(3)} == {Refund.objects.get().pk}
    with pytest.raises(NotRefundable):
        refund(payment, 20_000, key)
    assert gateway.ledger()["refunded"] == 10_000
    assert refund(payment, 10_000, key + "2").pk != Refund.objects.first().pk


@pytest.mark.parametrize("action", [{"drop": True}, {"status": 502, "body": "html"}, {"status": 200, "body": "empty"}])
def test_an_answer_lost_after_the_effect(payment, gateway, action):
    gateway.fault(gateway.refund, method="POST", phase="after", action=action)
    assert refund(payment, 50_000).status == R.REQUESTED
    due_now()
    assert Refund.objects.get().status == R.PROCESSED
    calls = gateway.refund_calls()  # Stripe is asked first whether it has made it already
    assert len({(call["headers"][gateway.key_header], call["body"]) for call in calls}) == 1
    assert len(calls) == {"razorpay": 2, "stripe": 1}[gateway.code]
    assert gateway.ledger()["refunded"] == 50_000


def test_killed_before_the_gateway_was_asked(payment, gateway, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    monkeypatch.setattr(module, "_send", die)
    with pytest.raises(Killed):
        refund(payment)
    monkeypatch.undo()
    assert Refund.objects.get().status == R.REQUESTED
    due_now()
    assert gateway.ledger()["refunded"] == 129_900


def test_the_reconciler_goes_on_when_even_the_task_is_lost(payment, gateway):
    gateway.fault(gateway.refund, method="POST", phase="after", action={"drop": True})
    pending = refund(payment)
    QueuedTask.objects.all().delete()
    assert reconcile(at=timezone.now()) == 0
    reconcile(at=pending.check_at)
    drain()
    assert Refund.objects.get().status == R.PROCESSED
    assert gateway.ledger()["refunded"] == 129_900


def test_the_gateway_says_no(payment, gateway):
    gateway.switch(balance=10)
    refused = refund(payment)
    payment.refresh_from_db()
    assert (refused.status, payment.status, payment.refunded_amount) == (R.FAILED, S.PAID, 0)
    assert "balance" in refused.error
    assert [event["name"] for event in told()][-1] == "payment.refund_failed"
    gateway.switch(balance=None)
    assert refund(payment).status == R.PROCESSED


def test_old_messages_after_the_refund_bring_no_second_capture(payment, purchase):
    refund(payment)
    purchase.hear(times=2)
    payment.refresh_from_db()
    assert payment.status == S.REFUNDED
    assert len(told("payment.captured")) == len(told("payment.refunded")) == 1


def test_days_on_its_way_then_done(payment, gateway, purchase):
    gateway.switch(refund_mode="pending")
    assert refund(payment).status == R.PENDING
    purchase.hear("refund.created")
    assert not told("payment.refunded")
    gateway.advance(gateway.refund_takes + 1)
    purchase.hear("refund.done", times=2)
    payment.refresh_from_db()
    assert payment.status == S.REFUNDED
    assert len(told("payment.refunded")) == 1


def test_days_on_its_way_then_failed(payment, gateway, purchase):
    gateway.switch(refund_mode="pending")
    pending = refund(payment)
    gateway.control("POST", f"refunds/{pending.provider_refund_id}/transition", {"status": "failed"})
    purchase.hear("refund.failed", times=2)
    payment.refresh_from_db()
    assert (payment.status, payment.refundable) == (S.PAID, 129_900)
    assert not told("payment.refunded")
    assert len(told("payment.refund_failed")) == 1


def test_sent_back_by_the_bank_after_it_was_done(payment, gateway, purchase):
    done = refund(payment)
    gateway.control("POST", f"refunds/{done.provider_refund_id}/transition", {"status": "failed"})
    purchase.hear("refund.failed", "refund.done")
    payment.refresh_from_db()
    assert (payment.status, payment.refundable) == (S.PAID, 129_900)
    assert refund(payment).status == R.PROCESSED


def test_a_refund_made_on_the_gateways_screen_becomes_ours(payment, gateway, purchase):
    gateway.control("POST", "dashboard/refund", {"payment_id": payment.provider_payment_id, "amount": 29_900})
    purchase.hear(times=2)
    payment.refresh_from_db()
    assert (payment.refunded_amount, Refund.objects.get().requested_by) == (29_900, "gateway")
    with pytest.raises(NotRefundable):
        refund(payment, 100_001)
    refund(payment)
    assert gateway.ledger()["refunded"] == 129_900
    assert sum(event["amount"] for event in told("payment.refunded")) == 129_900


def test_refunded_in_the_shop_and_on_the_screen_at_once(payment, gateway):
    gateway.control("POST", "dashboard/refund", {"payment_id": payment.provider_payment_id})
    assert refund(payment).status == R.FAILED
    drain()
    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount) == (S.REFUNDED, 129_900)
    assert sorted(Refund.objects.values_list("status", flat=True)) == [R.FAILED, R.PROCESSED]


def test_inside_a_transaction_it_is_only_written_down(payment, gateway):
    with pytest.raises(CalledInsideTransaction), transaction.atomic():
        refund(payment)
    assert not Refund.objects.exists()
    with transaction.atomic():
        request_refund(payment_id=payment.pk, amount=None, reason="x", by="shop", at=timezone.now())
    assert not gateway.refund_calls()
    drain()
    payment.refresh_from_db()
    assert payment.status == S.REFUNDED


def test_a_rolled_back_request_never_reaches_the_gateway(payment, gateway):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        request_refund(payment_id=payment.pk, amount=None, reason="x", by="shop", at=timezone.now())
        raise ZeroDivisionError
    drain()
    assert not gateway.refund_calls()


@pytest.mark.postgres_race
def test_two_people_refund_at_once(own_database, gateway):
    payment = Purchase(gateway).paid()
    results = at_once([lambda: refund(payment), lambda: refund(payment), lambda: refund(payment, 1_000)])
    payment.refresh_from_db()
    assert payment.refunded_amount <= 129_900
    assert gateway.ledger()["refunded"] == payment.refunded_amount
    assert any(isinstance(result, NotRefundable) for result in results)


@pytest.mark.postgres_race
def test_ten_clicks_with_one_key(own_database, gateway):
    payment = Purchase(gateway).paid()
    gateway.fault(gateway.refund, method="POST", action={"delay": 0.2}, times=10)
    results = at_once([lambda: refund(payment, 10_000, "k")] * 10)
    assert {result.pk for result in results} == {Refund.objects.get().pk}
    assert gateway.ledger()["refunded"] == 10_000
    assert len(gateway.refund_calls()) == 1


@pytest.mark.postgres_race
def test_request_and_task_send_it_once(own_database, gateway):
    payment = Purchase(gateway).paid()
    written = request_refund(payment_id=payment.pk, amount=None, reason="x", by="shop", at=timezone.now())
    at_once([lambda: send_refund(refund_id=written.pk)] * 4)
    assert gateway.ledger()["refunded"] == 129_900
    assert len(told("payment.refunded")) == 1


def test_cash_is_handed_back_by_people(db):
    payment = await_cash(reference="test:cash", amount=TOTAL)
    with pytest.raises(NotRefundable):
        refund(payment)
    assert collect_cash(reference="test:cash", at=timezone.now())
    assert not collect_cash(reference="test:cash", at=timezone.now())
    assert refund(payment).status == R.PROCESSED
    payment.refresh_from_db()
    assert payment.status == S.REFUNDED


def test_cash_refused_at_the_door_is_not_collected(db):
    payment = await_cash(reference="test:cash", amount=TOTAL)
    void_payments(reference="test:cash")
    assert not collect_cash(reference="test:cash", at=timezone.now())
    payment.refresh_from_db()
    assert (payment.status, payment.captured_amount) == (S.VOID, 0)
