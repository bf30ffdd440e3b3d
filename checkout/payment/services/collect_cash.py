from __future__ import annotations

from datetime import datetime

from django.db.models import F

from checkout.payment.models import Payment


def collect_cash(*, reference: str, at: datetime) -> bool:
    """The courier or staff collected the cash. False when nothing was due. Locks: the payment, by the UPDATE."""
    due = Payment.objects.filter(reference=reference, provider="cod", status=Payment.Status.CREATED)
    return due.update(status=Payment.Status.PAID, paid_at=at, captured_amount=F("amount")) > 0
