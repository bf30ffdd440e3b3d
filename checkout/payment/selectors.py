from __future__ import annotations

from checkout.payment.models import Payment


def paid_payments(reference: str) -> list[Payment]:
    """Captured payments of a reference that are not refunded yet, locked."""
    paid = Payment.objects.filter(reference=reference, status=Payment.Status.PAID)
    return list(paid.order_by("pk").select_for_update())
