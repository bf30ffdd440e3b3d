from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F, Sum

from checkout.credit.models import CreditAccount, StoreCreditEntry
from checkout.order.models import Order
from checkout.payment.models import Payment
from checkout.payment.ports import GatewayRefund, RefundState
from checkout.payment.selectors import balance_of
from shop.core.tasks.runner import run_everything_due
from tests.checkout.order.books import assert_books_add_up, everything
from tests.factories.orders import give_credit
from tests.factories.people import make_user
from tests.faults.questions import QUESTIONS


class Answering:
    """A gateway that gives back what it is told to, and remembers."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    def refund(self, *, payment_id, amount, key):
        self.sent.append(amount.minor)
        return GatewayRefund(id=f"rfnd_{key}", payment_id=payment_id, receipt=key, amount=amount,
                             state=RefundState.PROCESSED)  # fmt: skip


@pytest.fixture
def gateway(monkeypatch) -> Answering:
    answering = Answering()
    monkeypatch.setattr("checkout.payment.providers.provider", lambda _code: answering)
    return answering


@pytest.fixture
def asha(db):
    """With ₹500 of store credit."""
    user = make_user("asha")
    give_credit(user, 500_00)
    return user


def drain() -> None:
    for _ in range(6):
        run_everything_due()


def balance(user) -> int:
    return CreditAccount.objects.get(user=user, currency="INR").balance


def entries(user) -> list[tuple[str, int]]:
    return list(StoreCreditEntry.objects.filter(account__user=user).order_by("pk").values_list("kind", "amount"))


def all_of_it() -> tuple:
    """What must not change when something is refused."""
    return (*everything(), *(list(m.objects.order_by("pk").values()) for m in (CreditAccount, StoreCreditEntry)))


def assert_money_adds_up() -> None:
    """Balances are sums; an order's credit is its entries; each payment's parts are its ledger's sums (M7)."""
    assert_books_add_up()
    for account in CreditAccount.objects.all():
        assert account.balance == (account.entries.aggregate(n=Sum("amount"))["n"] or 0) >= 0
    for order in Order.objects.all():
        mine = StoreCreditEntry.objects.filter(about=order.reference)
        spent = -(mine.filter(kind="spent").aggregate(n=Sum("amount"))["n"] or 0)
        back = mine.filter(kind="returned").aggregate(n=Sum("amount"))["n"] or 0
        assert (order.store_credit, order.credit_returned) == (spent, back)
        given = mine.filter(kind="granted_refund").aggregate(n=Sum("amount"))["n"] or 0
        assert given == (
            Payment.objects.filter(reference=order.reference).aggregate(n=Sum("credited_amount"))["n"] or 0
        )
    for payment in Payment.objects.all():
        books = balance_of(payment)
        assert (books.captured, books.refunded + books.credited, books.credited) == (
            payment.captured_amount, payment.refunded_amount, payment.credited_amount,
        )  # fmt: skip
    assert not Order.objects.filter(store_credit__gt=F("total")).exists()
    with connection.cursor() as cursor:
        for _promise, wrong, statement in (one for one in QUESTIONS if one[0] in ("M5", "M7", "P3")):
            cursor.execute(statement)
            assert cursor.fetchall() == [], wrong
