from __future__ import annotations

from datetime import datetime

from checkout.payment.models import LedgerEntry, Payment


def book(payment: Payment, kind: str, amount: int, *, at: datetime, reference: str) -> None:
    """Append a fact to the ledger, in the transaction of the step that makes it one. Again: no effect.

    `amount` in minor units: plus is money for us, minus is money that leaves. `reference` is the gateway's id of it.
    """
    entry = LedgerEntry(
        payment=payment, kind=kind, amount=amount, currency=payment.currency, at=at, provider_reference=reference
    )
    LedgerEntry.objects.bulk_create([entry], ignore_conflicts=True)
