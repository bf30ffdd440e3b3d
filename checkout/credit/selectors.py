from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from checkout.credit.models import CreditAccount, StoreCreditEntry
from shop.core.money import Money

BALANCE = "SELECT balance FROM credit_creditaccount WHERE user_id = %s AND currency = %s"


def credit_of(user_id: int | None, currency: str) -> Money:
    """What a person can spend; nothing for a guest. One query, none for guests."""
    if not user_id:
        return Money(0, currency)
    with connection.cursor() as cursor:
        cursor.execute(BALANCE, [user_id, currency])
        row = cursor.fetchone()
    return Money(row[0] if row else 0, currency)


def all_credit_of(user_id: int | None) -> list[Money]:
    """In every currency of which there is any."""
    rows = CreditAccount.objects.filter(user_id=user_id or 0, balance__gt=0).order_by("currency")
    return [Money(account.balance, account.currency) for account in rows]


def entries_of(user_id: int | None, currency: str = "") -> QuerySet[StoreCreditEntry]:
    """The newest first; of all currencies each with its account."""
    entries = StoreCreditEntry.objects.filter(account__user_id=user_id or 0).order_by("-at", "-pk")
    return entries.filter(account__currency=currency) if currency else entries.select_related("account")
