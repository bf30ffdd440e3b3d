from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.order.errors import WrongState
from checkout.order.events import OrderHeld, OrderReleased
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import is_cancellable, is_cash, next_statuses
from checkout.order.services.timeline import note
from checkout.order.suspicion import why_to_review
from shop.core.outbox import publish

K = OrderEvent.Kind


def hold_for_review(*, order_id: int, at: datetime) -> Order:
    """An odd order waits for a person. What has left, and what a person has let go once, is not held again.

    Raises NotThere. Locks: the order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if order.review_reason or not is_cancellable(order) or order.events.filter(kind=K.RELEASED).exists():
            return order
        if reason := why_to_review(order, at):
            order.review_reason = reason[:200]
            order.save(update_fields=["review_reason"])
            note(order, K.HELD, at=at, text=reason)
            publish(OrderHeld(order.pk, order.review_reason), aggregate=order.reference, at=at)
    return order


def end_review(*, order_id: int, at: datetime, by: str = "") -> Order:
    """Staff let the order go. Again: no effect. Raises WrongState when it is cancelled, NotThere. Locks: the order."""
    with transaction.atomic():
        order = lock_order(order_id)
        if order.status == Order.Status.CANCELLED:
            raise WrongState(allowed=next_statuses(order))
        if order.review_reason:
            let_go(order, at=at, by=by)
            publish(OrderReleased(order.pk), aggregate=order.reference, at=at)
    return order


def let_go(order: Order, *, at: datetime, by: str) -> None:
    """Of a locked order. Cash that waited for a code waits no more."""
    order.review_reason = ""
    if is_cash(order):
        order.cancel_at = None
    order.save(update_fields=["review_reason", "cancel_at"])
    note(order, K.RELEASED, at=at, by=by)
