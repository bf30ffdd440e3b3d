from __future__ import annotations

from django.db.models import QuerySet

from checkout.credit.models import CreditAccount, StoreCreditEntry
from shop.core.money import Money


def credit_of(user_id: int | None, currency: str) -> Money:
    """What a person can spend; nothing for a guest. One query, none for guests."""
    mine = CreditAccount.objects.filter(user_id=user_id, currency=currency) if user_id else CreditAccount.objects.none()
    return Money(mine.values_list("balance", flat=True).first() or 0, currency)


def all_credit_of(user_id: int | None) -> list[Money]:
    """In every currency of which there is any."""
    rows = CreditAccount.objects.filter(user_id=user_id or 0, balance__gt=0).order_by("currency")
    return [Money(account.balance, account.currency) for account in rows]


def entries_of(user_id: int | None, currency: str = "") -> QuerySet[StoreCreditEntry]:
    """The newest first, each with its account."""
    entries = StoreCreditEntry.objects.filter(account__user_id=user_id or 0).select_related("account")
    return (entries.filter(account__currency=currency) if currency else entries).order_by("-at", "-pk")
