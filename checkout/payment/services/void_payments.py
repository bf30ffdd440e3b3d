from __future__ import annotations

from checkout.payment.models import Payment


def void_payments(*, reference: str) -> None:
    """The reference died unpaid: nothing is due any more. What is captured is not touched."""
    open_ = Payment.objects.filter(reference=reference, status__in=[Payment.Status.CREATED, Payment.Status.FAILED])
    open_.filter(provider="cod").update(status=Payment.Status.VOID)
