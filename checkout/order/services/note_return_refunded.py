from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.order.events import ReturnRefunded
from checkout.order.locks import lock_return
from checkout.order.models import Return
from checkout.order.rules import RETURN_TRANSITIONS, move_return
from shop.core.outbox import publish


def note_return_refunded(*, refund_id: int, at: datetime) -> Return | None:
    """The money of a refund has arrived: the return that it is for is done. None when it is for none. Again: no
    effect. Locks: the order."""
    known = Return.objects.filter(refund=refund_id).first()
    if known is None:
        return None
    with transaction.atomic():
        coming = lock_return(known.pk)
        if Return.Status.REFUNDED in RETURN_TRANSITIONS[coming.status]:
            end_return(coming, at=at)
    return coming


def end_return(coming: Return, *, at: datetime) -> None:
    """Of a locked order: all that a return is worth has reached the buyer."""
    move_return(coming, Return.Status.REFUNDED)
    coming.refunded_at = at
    coming.save(update_fields=["status", "refunded_at"])
    amount, order = coming.amount + coming.shipping, coming.order
    publish(ReturnRefunded(order.pk, coming.pk, amount, order.currency), aggregate=order.reference, at=at)
