from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.services.release import release
from checkout.order.errors import WrongState
from checkout.order.events import OrderCancelled, RefundDue
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import is_cancellable, is_cash, move, next_statuses, payment_status_at_end
from checkout.order.services.timeline import note
from checkout.payment.selectors import paid_payments
from checkout.payment.services.void_payments import void_payments
from shop.core.outbox import publish


def cancel_order(*, order_id: int, at: datetime, by: str = "", reason: str = "", by_person: bool = True) -> Order:
    """Before it ships: stock back, money back, final. Again: no effect. Raises WrongState after shipping, NotThere.

    Locks: the order, its payments, then stock items in primary-key order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if order.status != Order.Status.CANCELLED:
            if not is_cancellable(order):
                raise WrongState(allowed=next_statuses(order))
            _cancel(order, at=at, by=by, reason=reason, by_person=by_person)
    return order


def cancel_unpaid(*, order_id: int, at: datetime) -> Order:
    """The clock's cancellation: only what still waits for money when the lock is held."""
    with transaction.atomic():
        order = lock_order(order_id)
        due = order.cancel_at is not None and order.cancel_at <= at
        if due and is_cancellable(order) and order.payment_status == Order.PaymentStatus.PENDING:
            _cancel(
                order,
                at=at,
                by="",
                reason="Not confirmed in time" if is_cash(order) else "Not paid in time",
                by_person=False,
            )
    return order


def _cancel(order: Order, *, at: datetime, by: str, reason: str, by_person: bool) -> None:
    paid = paid_payments(order.reference)
    payment_status = payment_status_at_end(order, has_money=bool(paid))
    move(order, status=Order.Status.CANCELLED, payment_status=payment_status)
    order.cancelled_by_person = by_person
    order.cancel_at = order.stock_held_until = None
    order.save(update_fields=["status", "payment_status", "cancelled_by_person", "cancel_at", "stock_held_until"])
    note(order, OrderEvent.Kind.CANCELLED, at=at, by=by, text=reason)
    publish(
        OrderCancelled(order.pk, by_person), aggregate=order.reference, at=at
    )  # told first: the refund follows from it
    for payment in paid:
        publish(RefundDue(order.pk, payment.pk, reason or "order cancelled"), aggregate=order.reference, at=at)
    if not paid:
        void_payments(reference=order.reference)
    release(reference=order.reference, at=at)
