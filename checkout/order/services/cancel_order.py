from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.services.release import release
from checkout.order.errors import WrongState
from checkout.order.events import OrderCancelled, RefundDue
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import is_cancellable, is_cash, move, next_statuses, payment_status_at_end
from checkout.order.services.refund_as_credit import give_as_credit
from checkout.order.services.return_credit import return_credit
from checkout.order.services.timeline import note
from checkout.order.statuses import RefundTo
from checkout.payment.models import Payment
from checkout.payment.selectors import paid_payments
from checkout.payment.services.void_payments import void_payments
from shop.core.outbox import publish

P = Order.PaymentStatus


def cancel_order(
    *, order_id: int, at: datetime, by: str = "", reason: str = "", by_person: bool = True, to: str = RefundTo.SOURCE
) -> Order:  # fmt: skip
    """Before it ships: stock back, money back, final. Again: no effect. Raises WrongState after shipping, NotThere.

    `to="store_credit"`: what was captured becomes store credit; raises NoCreditAccount then, and DisputeOpen. Store
    credit that the order was paid with is credit again either way.
    Locks: the order, its payments, the credit account, then stock items in primary-key order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if order.status != Order.Status.CANCELLED:
            if not is_cancellable(order):
                raise WrongState(allowed=next_statuses(order))
            _cancel(order, at=at, by=by, reason=reason, by_person=by_person, to=to)
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


def _cancel(
    order: Order, *, at: datetime, by: str, reason: str, by_person: bool, to: str = RefundTo.SOURCE
) -> None:  # fmt: skip
    paid = paid_payments(order.reference)
    payment_status = payment_status_at_end(order, has_money=bool(paid))
    move(order, status=Order.Status.CANCELLED, payment_status=payment_status)
    order.cancelled_by_person = by_person
    order.cancel_at = order.stock_held_until = None
    order.save(update_fields=["status", "payment_status", "cancelled_by_person", "cancel_at", "stock_held_until"])
    note(order, OrderEvent.Kind.CANCELLED, at=at, by=by, text=reason)
    publish(OrderCancelled(order.pk, by_person), aggregate=order.reference, at=at)  # first: the refund follows from it
    _give_back(order, paid, reason or "order cancelled", to=to, by=by, at=at)
    release(reference=order.reference, at=at)


def _give_back(order: Order, paid: list[Payment], reason: str, *, to: str, by: str, at: datetime) -> None:
    for payment in paid:
        if to == RefundTo.STORE_CREDIT:
            give_as_credit(order, payment_id=payment.pk, amount=None, reason=reason, by=by, at=at)
        else:
            publish(RefundDue(order.pk, payment.pk, reason), aggregate=order.reference, at=at)
    if not paid:
        void_payments(reference=order.reference)
    return_credit(order, at=at, by=by)
    if paid and to == RefundTo.STORE_CREDIT:  # nothing is on its way: it has gone back already
        move(order, payment_status=P.REFUNDED)
        order.save(update_fields=["payment_status"])
