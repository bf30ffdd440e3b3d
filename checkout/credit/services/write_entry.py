from __future__ import annotations

from datetime import datetime

from checkout.credit.errors import CreditKeyUsed, NoCreditAccount, NotEnoughCredit
from checkout.credit.models import CreditAccount, StoreCreditEntry
from shop.accounts.models import User
from shop.core.money import Money


def lock_account(user_id: int | None, currency: str) -> CreditAccount:
    """A person's account, made with the first use, locked until the transaction ends. Raises NoCreditAccount.

    After payments, before stock.
    """
    if user_id is None or not User.objects.filter(pk=user_id, erased_at=None).exists():
        raise NoCreditAccount
    CreditAccount.objects.bulk_create([CreditAccount(user_id=user_id, currency=currency)], ignore_conflicts=True)
    return CreditAccount.objects.select_for_update().get(user_id=user_id, currency=currency)


def lock_known_account(user_id: int, currency: str) -> CreditAccount:
    """The account of somebody who has spent from it, also of one that is closed. After payments, before stock."""
    return CreditAccount.objects.select_for_update().get(user_id=user_id, currency=currency)


def write_entry(
    account: CreditAccount, kind: str, amount: int, *, reference: str, about: str, at: datetime, by: str = "",
    note: str = "",
) -> tuple[StoreCreditEntry, bool]:  # fmt: skip
    """Append to the ledger of a locked account, and whether it is new: the same kind and reference is known.

    Raises CreditKeyUsed (known, with another amount or for another person), NotEnoughCredit.
    """
    known = StoreCreditEntry.objects.filter(kind=kind, reference=reference).first()
    if known is not None:
        if (known.account_id, known.amount) != (account.pk, amount):
            raise CreditKeyUsed
        return known, False
    if account.balance + amount < 0:
        raise NotEnoughCredit(balance=Money(account.balance, account.currency))
    entry = StoreCreditEntry.objects.create(
        account=account, kind=kind, amount=amount, reference=reference, about=about, note=note[:255], at=at,
        by="" if by == account.user.username else by[:150],  # the owner can be erased; an entry cannot be changed
    )  # fmt: skip
    account.balance += amount  # as the database has done
    return entry, True
