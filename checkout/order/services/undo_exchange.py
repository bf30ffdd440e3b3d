from __future__ import annotations

from django.db import transaction
from django.db.models import Sum

from checkout.order.locks import lock_return
from checkout.order.models import Return, ReturnLine


def undo_exchange(*, replacement_id: int) -> None:
    """What was to be sent instead of money was cancelled: its worth is to be refunded after all, unless the pieces stay
    with the buyer. Again, or of any other order: no effect. Locks: the order that the pieces came from.
    """
    return_id = Return.objects.filter(replacement_id=replacement_id).values_list("pk", flat=True).first()
    if return_id is None:
        return
    with transaction.atomic():
        coming = lock_return(return_id)
        if coming.status != Return.Status.REJECTED:
            give_money(coming if coming.refund_id is None else _split(coming))


def _split(coming: Return) -> Return:
    """Its money has gone back: the exchanged lines become a return of their own, here and to be refunded."""
    apart = Return.objects.create(
        order=coming.order, status=Return.Status.RECEIVED, reason=coming.reason, amount=0,
        requested_by=coming.requested_by, requested_at=coming.requested_at, decided_at=coming.decided_at,
        received_at=coming.received_at,
    )  # fmt: skip
    coming.lines.filter(exchange_for__isnull=False).update(return_of=apart)
    return apart


def give_money(coming: Return) -> None:
    """Of a locked order. Its lines are exchanged no more."""
    lines = ReturnLine.objects.filter(return_of=coming, exchange_for__isnull=False)
    coming.amount += lines.aggregate(sum=Sum("amount"))["sum"] or 0
    coming.save(update_fields=["amount"])
    lines.update(exchange_for=None)
