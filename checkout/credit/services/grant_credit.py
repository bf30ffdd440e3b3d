from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.credit.events import StoreCreditGranted
from checkout.credit.models import StoreCreditEntry
from checkout.credit.services.write_entry import lock_account, write_entry
from shop.core.money import Money
from shop.core.outbox import publish


def grant_credit(
    *, user_id: int | None, amount: Money, kind: str, reference: str, at: datetime, about: str = "", by: str = "",
    note: str = "",
) -> StoreCreditEntry:  # fmt: skip
    """A person gets store credit. The same kind and reference again: no effect.

    Raises NoCreditAccount, CreditKeyUsed. Locks: the credit account.
    """
    with transaction.atomic():
        account = lock_account(user_id, amount.currency)
        entry, is_new = write_entry(
            account, kind, amount.minor, reference=reference, about=about, at=at, by=by, note=note
        )
        if is_new:
            event = StoreCreditGranted(entry.pk, account.user_id, amount.minor, amount.currency, kind, about)
            publish(event, aggregate=f"credit:{account.pk}", at=at)
    return entry
