from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db import transaction

from checkout.order.errors import CodeOver, WrongCode, WrongState
from checkout.order.events import CashConfirmed
from checkout.order.locks import lock_order
from checkout.order.models import CashCode, Order, OrderEvent
from checkout.order.models.cash_code import MOST_TRIES
from checkout.order.rules import next_statuses, waits_for_code
from checkout.order.services.send_code import digest_of
from checkout.order.services.timeline import note
from checkout.order.suspicion import why_to_review
from shop.core.outbox import publish

VALID_FOR = timedelta(minutes=10)


def confirm_cash(*, order_id: int, code: str, at: datetime) -> Order:
    """The buyer types the code: the order can be packed, unless it is odd. Again: no effect.

    Five tries a code, ten minutes. Raises WrongCode, CodeOver, WrongState (nothing to confirm), NotThere.
    Locks: the order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if order.events.filter(kind=OrderEvent.Kind.CONFIRMED).exists():
            return order
        if not waits_for_code(order):
            raise WrongState(allowed=next_statuses(order))
        left = _try(order, code, at)
        if left is None:
            _confirm(order, at)
    if left is not None:  # raised outside: the try counts
        raise WrongCode(tries_left=left)
    return order


def _try(order: Order, code: str, at: datetime) -> int | None:
    """None: it is the code. Else how many tries are left. Raises CodeOver."""
    kept = CashCode.objects.filter(order=order).first()
    if kept is None or kept.tries >= MOST_TRIES or at > kept.sent_at + VALID_FOR:
        raise CodeOver
    if hmac.compare_digest(kept.digest, digest_of(order, code.strip())):
        return None
    kept.tries += 1
    kept.save(update_fields=["tries"])
    return MOST_TRIES - kept.tries


def _confirm(order: Order, at: datetime) -> None:
    order.review_reason, order.cancel_at = why_to_review(order, at)[:200], None
    order.save(update_fields=["review_reason", "cancel_at"])
    note(order, OrderEvent.Kind.CONFIRMED, at=at)
    publish(CashConfirmed(order.pk), aggregate=order.reference, at=at)
