from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.credit.events import StoreCreditSpent
from checkout.credit.models import CreditAccount, StoreCreditEntry
from checkout.credit.services.write_entry import lock_account, write_entry
from shop.core.money import Money
from shop.core.outbox import publish


def credit_to_spend(user_id: int | None, currency: str) -> int:
    """The balance of a person in minor units, held until the transaction ends: nobody else spends it meanwhile. 0 for a
    guest, or where there is no account. Locks: the credit account."""
    if user_id is None:
        return 0
    mine = CreditAccount.objects.filter(user_id=user_id, currency=currency).select_for_update()
    return mine.values_list("balance", flat=True).first() or 0


def spend_credit(*, user_id: int, amount: Money, reference: str, at: datetime) -> StoreCreditEntry:
    """Credit pays for a reference, once. Inside the transaction that makes the reference.

    Raises NotEnoughCredit, NoCreditAccount, CreditKeyUsed. Locks: the credit account.
    """
    with transaction.atomic():
        account = lock_account(user_id, amount.currency)
        kind = StoreCreditEntry.Kind.SPENT
        entry, is_new = write_entry(account, kind, -amount.minor, reference=reference, about=reference, at=at)
        if is_new:
            event = StoreCreditSpent(entry.pk, user_id, amount.minor, amount.currency, reference)
            publish(event, aggregate=f"credit:{account.pk}", at=at)
    return entry
