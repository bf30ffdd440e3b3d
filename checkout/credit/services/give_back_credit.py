from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.credit.events import StoreCreditReturned
from checkout.credit.models import StoreCreditEntry
from checkout.credit.services.write_entry import lock_known_account, write_entry
from shop.core.money import Money
from shop.core.outbox import publish


def give_back_credit(
    *, user_id: int, amount: Money, reference: str, about: str, at: datetime, by: str = ""
) -> StoreCreditEntry:  # fmt: skip
    """Spent credit is its owner's again, also of an account that was closed meanwhile. The same reference again: no
    effect. Raises CreditKeyUsed. Locks: the credit account.
    """
    with transaction.atomic():
        account = lock_known_account(user_id, amount.currency)
        kind = StoreCreditEntry.Kind.RETURNED
        entry, is_new = write_entry(account, kind, amount.minor, reference=reference, about=about, at=at, by=by)
        if is_new:
            event = StoreCreditReturned(entry.pk, user_id, amount.minor, amount.currency, about)
            publish(event, aggregate=f"credit:{account.pk}", at=at)
    return entry
