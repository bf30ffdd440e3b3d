from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.credit.models import StoreCreditEntry
from checkout.credit.services.write_entry import lock_account, write_entry
from shop.core.money import Money


def withdraw_credit(
    *, user_id: int, amount: Money, reference: str, at: datetime, by: str, note: str, about: str = ""
) -> StoreCreditEntry:  # fmt: skip
    """Staff take store credit back that was given by mistake, with a reason. The same reference again: no effect.

    Raises NotEnoughCredit, NoCreditAccount, CreditKeyUsed. Locks: the credit account.
    """
    with transaction.atomic():
        account = lock_account(user_id, amount.currency)
        kind = StoreCreditEntry.Kind.WITHDRAWN_BY_STAFF
        entry, _is_new = write_entry(
            account, kind, -amount.minor, reference=reference, about=about, at=at, by=by, note=note
        )
    return entry
