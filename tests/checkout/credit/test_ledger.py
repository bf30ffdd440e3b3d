"""The books of store credit: append-only, each happening once, the balance their sum and never negative."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from checkout.credit.errors import CreditKeyUsed, NoCreditAccount, NotEnoughCredit
from checkout.credit.models import CreditAccount, StoreCreditEntry
from checkout.credit.rules import usable
from checkout.credit.selectors import credit_of
from checkout.credit.services.give_back_credit import give_back_credit
from checkout.credit.services.grant_credit import grant_credit
from checkout.credit.services.spend_credit import spend_credit
from checkout.credit.services.withdraw_credit import withdraw_credit
from shop.core.money import Money
from shop.core.outbox.models import OutboxEvent
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
INR_500 = Money(50_000, "INR")


@pytest.fixture
def asha():
    return make_user("asha")


def grant(user, money=INR_500, reference="staff:1"):
    return grant_credit(
        user_id=user.pk, amount=money, kind="granted_by_staff", reference=reference, at=timezone.now(), by="sam"
    )


def spend(user, minor, reference="order:1"):
    return spend_credit(user_id=user.pk, amount=Money(minor, "INR"), reference=reference, at=timezone.now())


def books() -> list:
    models = (CreditAccount, StoreCreditEntry, OutboxEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def events() -> list[tuple[str, int, str]]:
    rows = OutboxEvent.objects.filter(name__startswith="store_credit.").order_by("pk")
    return [(row.name, row.payload["amount"], row.payload["about"]) for row in rows]


def test_it_comes_goes_and_comes_back(asha):
    grant(asha)
    spend(asha, 30_000)
    give_back_credit(
        user_id=asha.pk, amount=Money(10_000, "INR"), reference="return:7", about="order:1", at=timezone.now()
    )
    withdraw_credit(
        user_id=asha.pk, amount=Money(5_000, "INR"), reference="staff:2", at=timezone.now(), by="sam", note="Mistake"
    )
    assert credit_of(asha.pk, "INR").minor == 25_000
    account = CreditAccount.objects.get()
    assert account.entries.aggregate(sum=Sum("amount"))["sum"] == account.balance
    assert events() == [
        ("store_credit.granted", 50_000, ""),
        ("store_credit.spent", 30_000, "order:1"),
        ("store_credit.returned", 10_000, "order:1"),
    ]


def test_each_happening_once(asha):
    entry = grant(asha)
    before = books()
    assert grant(asha).pk == entry.pk
    with pytest.raises(CreditKeyUsed):
        grant(asha, Money(1, "INR"))
    with pytest.raises(CreditKeyUsed):
        grant(make_user("ravi"))
    CreditAccount.objects.exclude(pk=entry.account_id).delete()
    assert books() == before


def test_more_than_there_is_changes_nothing(asha):
    grant(asha)
    before = books()
    with pytest.raises(NotEnoughCredit) as refusal:
        spend(asha, 50_001)
    assert refusal.value.members == {"balance": "500.00", "currency": "INR"}
    with pytest.raises(NotEnoughCredit):
        withdraw_credit(
            user_id=asha.pk, amount=Money(50_001, "INR"), reference="x", at=timezone.now(), by="sam", note="x"
        )
    assert books() == before


def test_currencies_do_not_mix(asha):
    grant(asha)
    grant(asha, Money(700, "USD"), "staff:usd")
    assert (credit_of(asha.pk, "INR").minor, credit_of(asha.pk, "USD").minor) == (50_000, 700)
    with pytest.raises(NotEnoughCredit):
        spend_credit(user_id=asha.pk, amount=Money(701, "USD"), reference="order:1", at=timezone.now())


def test_only_people_with_an_account(asha):
    asha.erased_at = timezone.now()
    asha.save()
    for user_id in (asha.pk, None, 999_999):
        with pytest.raises(NoCreditAccount):
            grant_credit(user_id=user_id, amount=INR_500, kind="granted_by_staff", reference="x", at=timezone.now())
    assert not CreditAccount.objects.exists()


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE credit_storecreditentry SET amount = 1", "append-only"),
        ("DELETE FROM credit_storecreditentry", "append-only"),
        ("UPDATE credit_creditaccount SET balance = balance + 1", "moves with entries alone"),
        ("UPDATE credit_creditaccount SET currency = 'USD'", "moves with entries alone"),
        (
            "INSERT INTO credit_creditaccount (user_id, currency, balance) SELECT user_id, 'USD', 5 "
            "FROM credit_creditaccount",
            "begins empty",
        ),
        (
            "INSERT INTO credit_storecreditentry (account_id, kind, amount, reference, about, by, note, at) "
            "SELECT id, 'spent', -50001, 'order:9', '', '', '', now() FROM credit_creditaccount",
            "credit_balance_not_negative",
        ),
        (
            "INSERT INTO credit_storecreditentry (account_id, kind, amount, reference, about, by, note, at) "
            "SELECT id, 'spent', 5, 'order:9', '', '', '', now() FROM credit_creditaccount",
            "credit_sign_fits_kind",
        ),
        (
            "INSERT INTO credit_storecreditentry (account_id, kind, amount, reference, about, by, note, at) "
            "SELECT id, 'granted_by_staff', 5, 'staff:1', '', '', '', now() FROM credit_creditaccount",
            "credit_happening_once",
        ),
    ],
)
def test_the_database_itself_refuses(asha, statement, why):
    grant(asha)
    before = books()
    with pytest.raises(IntegrityError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert books() == before


@pytest.mark.parametrize(
    ("balance", "total", "used"),
    [(0, 1000, 0), (400, 1000, 400), (950, 1000, 900), (1000, 1000, 1000), (5000, 1000, 1000), (50, 60, 0)],
)
def test_a_rest_is_one_that_a_gateway_takes(balance, total, used):
    assert usable(balance, total) == used
