from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.payment.models import LedgerEntry, Payment
from checkout.payment.services.book import book
from shop.core.db import lock_in_order


def collect_cash(*, reference: str, at: datetime) -> bool:
    """The courier or staff collected the cash. False when nothing was due. Locks: the payment."""
    with transaction.atomic():
        due = Payment.objects.filter(reference=reference, provider="cod", status=Payment.Status.CREATED)
        payments = lock_in_order(due)
        for payment in payments:
            payment.status, payment.paid_at, payment.captured_amount = Payment.Status.PAID, at, payment.amount
            payment.save(update_fields=["status", "paid_at", "captured_amount"])
            book(payment, LedgerEntry.Kind.CAPTURED, payment.amount, at=at, reference="cash")
    return bool(payments)
