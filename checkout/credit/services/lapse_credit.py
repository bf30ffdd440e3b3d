from __future__ import annotations

from datetime import datetime

from checkout.credit.models import CreditAccount, StoreCreditEntry
from checkout.credit.services.write_entry import write_entry
from shop.core.db import lock_in_order


def lapse_credit(*, user_id: int, at: datetime) -> None:
    """The account is being closed: what is left of its credit lapses. Again: no effect. In the caller's transaction.

    Locks: the credit accounts, by primary key.
    """
    for account in lock_in_order(CreditAccount.objects.filter(user_id=user_id, balance__gt=0)):
        reference = f"closed:{account.pk}:{at:%Y%m%d%H%M%S%f}"
        write_entry(account, StoreCreditEntry.Kind.EXPIRED, -account.balance, reference=reference, about="", at=at)
