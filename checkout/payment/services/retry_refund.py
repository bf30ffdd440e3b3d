from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.payment.errors import NotRefundable
from checkout.payment.models import Payment, Refund
from checkout.payment.services.request_refund import request_refund
from shop.core.errors import NotThere
from shop.core.money import Money


def retry_refund(*, refund_id: int, by: str, at: datetime) -> Refund:
    """A refund that failed is asked for again, as a new one, once however often it is pressed.

    Raises NotRefundable (it did not fail, or the money is gone another way), DisputeOpen, NotThere. Locks: the payment.
    """
    with transaction.atomic():
        failed = _lock(refund_id)
        if failed.status != Refund.Status.FAILED:
            raise NotRefundable(refundable=Money(failed.payment.refundable, failed.payment.currency))
        again = request_refund(
            payment_id=failed.payment_id, amount=failed.amount, reason=failed.reason, by=by, at=at,
            idempotency_key=f"again {failed.pk}",
        )  # fmt: skip
        Refund.objects.filter(pk=refund_id, dealt_with_at=None).update(dealt_with_at=at)
    return again


def close_refund(*, refund_id: int, at: datetime) -> Refund:
    """A refund that failed was made good another way, or is not owed: nobody has to look at it. Locks: the payment."""
    with transaction.atomic():
        failed = _lock(refund_id)
        if failed.status == Refund.Status.FAILED and failed.dealt_with_at is None:
            failed.dealt_with_at = at
            failed.save(update_fields=["dealt_with_at"])
    return failed


def _lock(refund_id: int) -> Refund:
    payment = Payment.objects.select_for_update().filter(refunds=refund_id).first()
    if payment is None:
        raise NotThere
    return Refund.objects.select_related("payment").get(pk=refund_id)
