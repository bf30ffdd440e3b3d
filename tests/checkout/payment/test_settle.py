"""Every status against everything that the gateway may show: forward only, told once (promises P5, P6)."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.utils import timezone

from checkout.payment.errors import Disagreement
from checkout.payment.models import Payment
from checkout.payment.ports import GatewayOrder, GatewayPayment, Seen
from checkout.payment.services.settle import settle
from shop.core.money import Money
from tests.checkout.payment.conftest import TOTAL, snapshot, told

S = Payment.Status
ORDER, PAYMENT = "order_Aa1Bb2Cc3Dd4Ee", "pay_Zz9Yy8Xx7Ww6Vv"
CAPTURED, AUTHORIZED, FAILED, RETURNED, WAITING = (
    Seen.CAPTURED, Seen.AUTHORIZED, Seen.FAILED, Seen.RETURNED, Seen.WAITING,
)  # fmt: skip


def show(state: Seen, *, payment_id: str = PAYMENT, amount: Money = TOTAL) -> Payment | None:
    order = GatewayOrder(ORDER, "r", TOTAL, is_paid=True, has_offer=False)
    seen = GatewayPayment(payment_id, ORDER, amount, state, "upi", 0, "card_declined" if state is FAILED else "")
    return settle(provider="razorpay", order=order, seen=seen, at=timezone.now())


def make(status: str, **facts) -> Payment:
    waits = status in (S.CREATED, S.VOID)
    facts = {"provider_payment_id": None if waits else PAYMENT, "captured_amount": 0} | facts
    if status in (S.PAID, S.REFUNDED):
        facts["captured_amount"] = TOTAL.minor
    return Payment.objects.create(
        reference="test:1", provider="razorpay", amount=TOTAL.minor, currency="INR", provider_order_id=ORDER,
        status=status, **facts,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "seen", "after"),
    [
        (S.CREATED, AUTHORIZED, S.AUTHORIZED),
        (S.CREATED, CAPTURED, S.PAID),
        (S.FAILED, AUTHORIZED, S.AUTHORIZED),
        (S.FAILED, CAPTURED, S.PAID),
        (S.AUTHORIZED, CAPTURED, S.PAID),
        (S.AUTHORIZED, RETURNED, S.FAILED),
        (S.VOID, CAPTURED, S.PAID),
    ],
)
def test_forward(before, seen, after):
    payment = make(before)
    assert show(seen).pk == payment.pk
    payment.refresh_from_db()
    assert (payment.status, payment.provider_payment_id) == (after, PAYMENT)
    assert len(told()) == 1
    again = snapshot()
    show(seen)
    assert snapshot() == again


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (S.CREATED, WAITING),
        (S.FAILED, FAILED),
        (S.FAILED, RETURNED),
        (S.AUTHORIZED, AUTHORIZED),
        (S.AUTHORIZED, FAILED),
        (S.AUTHORIZED, WAITING),
        *[(S.PAID, seen) for seen in Seen],
        *[(S.REFUNDED, seen) for seen in Seen],
        (S.VOID, AUTHORIZED),
        (S.VOID, WAITING),
    ],
)
def test_never_back(status, seen):
    make(status)
    before = snapshot()
    show(seen)
    assert snapshot() == before


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(permutations([FAILED, AUTHORIZED, CAPTURED])))
def test_any_order_ends_the_same(order):
    make(S.CREATED)
    for seen in [*order, *order]:
        show(seen)
    payment = Payment.objects.get(provider_payment_id=PAYMENT)
    assert payment.status == S.PAID
    assert len(told("payment.captured")) == 1
    assert not Payment.objects.filter(status=S.CREATED).exists()


@pytest.mark.django_db
def test_a_failed_attempt_leaves_the_intent_waiting():
    intent = make(S.CREATED)
    failed = show(FAILED)
    assert (failed.status, failed.error) == (S.FAILED, "card_declined")
    intent.refresh_from_db()
    assert (intent.status, intent.provider_payment_id) == (S.CREATED, None)


@pytest.mark.django_db
def test_a_second_success_is_a_payment_of_its_own():
    make(S.CREATED)
    show(CAPTURED)
    second = show(CAPTURED, payment_id="pay_" + "2" * 14)
    assert second.status == S.PAID
    assert [event["payment_id"] for event in told("payment.captured")] == sorted(
        Payment.objects.values_list("pk", flat=True)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [Money(129_899, "INR"), Money(129_900, "USD"), Money(0, "INR")])
@pytest.mark.parametrize("seen", [CAPTURED, AUTHORIZED])
def test_another_amount_or_currency_changes_nothing(amount, seen):
    make(S.CREATED)
    before = snapshot()
    with pytest.raises(Disagreement):
        show(seen, amount=amount)
    assert snapshot() == before


@pytest.mark.django_db
def test_what_is_not_ours():
    assert show(CAPTURED) is None
    assert not Payment.objects.exists()
