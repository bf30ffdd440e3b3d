from __future__ import annotations

from checkout.payment.models import Payment
from checkout.payment.services.close_gateway_order import close_later
from shop.core.db import lock_in_order


def void_payments(*, reference: str) -> None:
    """The reference died unpaid: nothing is due any more, nothing authorized is captured. What is paid stays paid.

    A gateway's page that is still open is closed after the commit. The gateway is watched all the same: money that comes
    is told by `payment.captured`. Locks: the payments that wait, by primary key.
    """
    waiting = [Payment.Status.CREATED, Payment.Status.AUTHORIZED]
    for payment in lock_in_order(Payment.objects.filter(reference=reference, status__in=waiting)):
        payment.status = Payment.Status.VOID
        payment.save(update_fields=["status"])
        close_later(payment)
