"""The ledger: append-only, one entry for each fact, and every balance is a sum of it (promise M7)."""

from __future__ import annotations

import importlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkout.payment.errors import GatewayUnavailable, NotRefundable
from checkout.payment.models import LedgerEntry, Payment, Refund
from checkout.payment.ports import GatewayOrder, GatewayPayment, GatewayRefund, RefundState, Seen
from checkout.payment.providers.stripe.entities import read_payment
from checkout.payment.selectors import balance_of
from checkout.payment.services.await_cash import await_cash
from checkout.payment.services.book import book
from checkout.payment.services.collect_cash import collect_cash
from checkout.payment.services.refund_payment import refund_payment
from checkout.payment.services.request_refund import request_refund
from checkout.payment.services.settle import settle
from checkout.payment.services.settle_refund import fail_refund, settle_refund
from shop.core.money import Money
from tests.checkout.payment.conftest import TOTAL, drain

K = LedgerEntry.Kind
PAY, ORDER = "pay_Aa1Bb2Cc3Dd4Ee", "order_Aa1Bb2Cc3Dd4Ee"


def entries(payment: Payment) -> list[tuple[str, int]]:
    return list(payment.ledger.order_by("pk").values_list("kind", "amount"))


def test_captured_with_its_fee_then_refunded_in_parts(purchase, razorpay):
    payment = purchase.paid()
    fee = 129_900 * 2 // 100
    fee += fee * 18 // 100
    assert entries(payment) == [(K.CAPTURED, 129_900), (K.FEE, -fee)]
    refund_payment(payment_id=payment.pk, amount=29_900, reason="chipped", by="sam")
    refund_payment(payment_id=payment.pk, amount=None, reason="all of it", by="sam")
    balance = balance_of(payment)
    assert (balance.captured, balance.refunded, balance.fee, balance.held) == (129_900, 129_900, fee, -fee)


def test_stripe_names_its_fee_with_the_charge(purchase, stripe):
    payment = purchase.paid()
    fee = 129_900 * 2 // 100
    assert entries(payment) == [(K.CAPTURED, 129_900), (K.FEE, -(fee + fee * 18 // 100))]


@pytest.mark.parametrize("booked", [None, "txn_1", {"currency": "usd", "fee": 500}, {"currency": "inr", "fee": -1}])
def test_a_fee_that_stripe_has_not_booked_or_in_another_currency_is_none(stripe, booked):
    charge = {"balance_transaction": booked}
    intent = {"id": "pi_1", "status": "succeeded", "currency": "inr", "amount_received": 100, "latest_charge": charge}
    seen = read_payment({"id": "cs_test_1", "payment_intent": intent})
    assert seen is not None and (seen.amount.minor, seen.fee) == (100, 0)


def test_every_way_of_hearing_it_writes_it_once(purchase):
    payment = purchase.paid()
    before = entries(payment)
    purchase.hear(times=3)
    purchase.confirm()
    assert entries(payment) == before


def test_authorized_first_is_in_no_balance(purchase, razorpay):
    razorpay.switch(capture="manual")
    purchase.pay("authorized_only")
    payment = purchase.confirm()
    assert entries(payment) == [(K.AUTHORIZED, 129_900)]
    assert balance_of(payment).held == 0
    razorpay.control("POST", "dashboard/capture", {"payment_id": payment.provider_payment_id})
    purchase.hear("payment.captured")
    assert [kind for kind, _amount in entries(payment)] == [K.AUTHORIZED, K.CAPTURED, K.FEE]


def test_a_refund_that_fails_is_taken_back(purchase, razorpay):
    payment = purchase.paid()
    razorpay.switch(balance=10)
    refund_payment(payment_id=payment.pk, amount=None, reason="", by="sam")
    drain()
    assert entries(payment)[2:] == [(K.REFUNDED, -129_900), (K.REFUND_FAILED, 129_900)]
    assert balance_of(payment).refunded == 0


def test_the_gateways_ledger_and_ours_agree(purchase, razorpay):
    payment = purchase.paid()
    refund_payment(payment_id=payment.pk, amount=10_000, reason="", by="sam")
    razorpay.control("POST", "dashboard/refund", {"payment_id": payment.provider_payment_id, "amount": 5_000})
    purchase.hear()
    balance, theirs = balance_of(payment), razorpay.ledger()
    assert (balance.captured, balance.refunded) == (theirs["captured"], theirs["refunded"]) == (129_900, 15_000)


def test_cash_is_booked_when_it_is_collected(db):
    payment = await_cash(reference="test:cash", amount=TOTAL)
    assert entries(payment) == []
    for _ in range(2):
        collect_cash(reference="test:cash", at=timezone.now())
    assert entries(payment) == [(K.CAPTURED, 129_900)]


@pytest.mark.parametrize("statement", ["UPDATE payment_ledgerentry SET amount = 1", "DELETE FROM payment_ledgerentry"])
def test_the_database_refuses_to_change_it(db, statement):
    payment = await_cash(reference="test:cash", amount=TOTAL)
    collect_cash(reference="test:cash", at=timezone.now())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        payment.ledger.all().delete()
    assert entries(payment) == [(K.CAPTURED, 129_900)]


def test_a_step_that_is_rolled_back_leaves_no_entry(purchase):
    payment = purchase.paid()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        request_refund(payment_id=payment.pk, amount=None, reason="", by="sam", at=timezone.now())
        raise ZeroDivisionError
    assert balance_of(payment).refunded == 0


def test_what_moved_before_the_ledger_is_written_into_it(db):
    payment = await_cash(reference="test:old", amount=TOTAL)
    Payment.objects.filter(pk=payment.pk).update(
        status="paid", captured_amount=129_900, refunded_amount=900, paid_at=timezone.now()
    )
    for status, amount in (("processed", 900), ("failed", 500)):
        Refund.objects.create(payment=payment, amount=amount, idempotency_key=f"old {status}", status=status)
    migration = importlib.import_module("checkout.payment.migrations.0004_ledger_append_only")
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(migration.WRITE_THE_PAST)
    assert sorted(entries(payment)) == [(K.CAPTURED, 129_900), (K.REFUNDED, -900)]


AMOUNTS = st.integers(1, 150)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("see"), st.sampled_from([Seen.WAITING, Seen.AUTHORIZED, Seen.CAPTURED, Seen.FAILED])),
        st.tuples(st.just("refund"), AMOUNTS),
        st.tuples(st.just("theirs"), AMOUNTS),
        st.tuples(st.just("processed"), st.integers(0, 3)),
        st.tuples(st.just("failed"), st.integers(0, 3)),
        st.tuples(st.just("refused"), st.integers(0, 3)),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_it_rebuilds_the_amounts_after_any_sequence(db, steps):
    with transaction.atomic():
        payment = Payment.objects.create(
            reference="test:1", provider="razorpay", amount=100, currency="INR", provider_order_id=ORDER
        )
        for number, (step, detail) in enumerate(steps):
            _take(payment, step, detail, number)
            payment.refresh_from_db()
            balance = balance_of(payment)
            assert (balance.captured, balance.refunded) == (payment.captured_amount, payment.refunded_amount)
            assert 0 <= balance.refunded <= balance.captured
        transaction.set_rollback(True)


def _take(payment: Payment, step: str, detail, number: int) -> None:
    at = timezone.now() + timedelta(seconds=number)
    if step == "see":
        seen = GatewayPayment(PAY, ORDER, Money(100, "INR"), detail, "upi", 0, "", fee=2)
        order = GatewayOrder(ORDER, payment.receipt, Money(100, "INR"), detail is Seen.CAPTURED, False)
        settle(provider="razorpay", order=order, seen=seen, at=at)
        return
    refunds = list(Refund.objects.filter(payment=payment).order_by("pk"))
    try:
        if step == "refund":
            request_refund(payment_id=payment.pk, amount=detail, reason="", by="", at=at)
        elif step == "theirs" and payment.captured_amount:
            _see_refund(payment, f"rfnd_{number:014d}", "", detail, RefundState.PROCESSED, at)
        elif step == "refused" and detail < len(refunds):
            fail_refund(refund_id=refunds[detail].pk, error="no", at=at)
        elif step in ("processed", "failed") and detail < len(refunds):
            of = refunds[detail]
            known = of.provider_refund_id or f"rfnd_{number:014d}"
            _see_refund(payment, known, of.idempotency_key, of.amount, RefundState(step), at)
    except (NotRefundable, GatewayUnavailable):
        return


def _see_refund(payment: Payment, refund_id: str, receipt: str, amount: int, state: RefundState, at) -> None:
    seen = GatewayRefund(refund_id, PAY, receipt, Money(amount, "INR"), state)
    settle_refund(payment_id=payment.pk, seen=seen, at=at)


def test_the_same_fact_is_written_once(db):
    payment = await_cash(reference="test:cash", amount=TOTAL)
    for _ in range(2):
        book(payment, K.CAPTURED, 129_900, at=timezone.now(), reference="cash")
    assert balance_of(payment).captured == 129_900
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(
            payment=payment, kind=K.CAPTURED, amount=1, currency="INR", at=timezone.now(), provider_reference="cash"
        )
