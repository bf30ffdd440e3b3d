from __future__ import annotations

from checkout.payment.models import Payment


def void_payments(*, reference: str) -> None:
    """The reference died unpaid: nothing is due any more, nothing authorized is captured. What is paid stays paid.

    The gateway is still watched: money that comes all the same is told by `payment.captured`. Locks: by the UPDATE.
    """
    waiting = [Payment.Status.CREATED, Payment.Status.AUTHORIZED]
    Payment.objects.filter(reference=reference, status__in=waiting).update(status=Payment.Status.VOID)
