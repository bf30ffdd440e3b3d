from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.services.put_back import put_back
from checkout.order.errors import WrongState
from checkout.order.events import OrderCancelled, OrderDelivered
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import is_cash, move, next_statuses
from checkout.order.services.timeline import note
from checkout.payment.services.collect_cash import collect_cash
from checkout.payment.services.void_payments import void_payments
from shop.core.outbox import publish


def deliver_order(*, order_id: int, at: datetime, by: str = "", collected: bool = True) -> Order:
    """It arrived. Cash on delivery is collected with it; `collected=False` means refused at the door: the pieces come
    back and the order is cancelled. Again: no effect. Raises WrongState, NotThere.

    Locks: the order, its payments, then stock items in primary-key order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        done = Order.FulfillmentStatus.DELIVERED if collected or not is_cash(order) else Order.FulfillmentStatus.REFUSED
        if order.fulfillment_status == done:
            return order
        if order.fulfillment_status != Order.FulfillmentStatus.SHIPPED:
            raise WrongState(allowed=next_statuses(order))
        if done == Order.FulfillmentStatus.DELIVERED:
            _deliver(order, at=at, by=by)
        else:
            _refuse(order, at=at, by=by)
    return order


def _deliver(order: Order, *, at: datetime, by: str) -> None:
    move(order, fulfillment_status=Order.FulfillmentStatus.DELIVERED, status=Order.Status.COMPLETED)
    if is_cash(order):
        collect_cash(reference=order.reference, at=at)
        move(order, payment_status=Order.PaymentStatus.PAID)
        note(order, OrderEvent.Kind.PAID, at=at, by=by, text="Cash collected at the door")
    order.save(update_fields=["fulfillment_status", "status", "payment_status"])
    note(order, OrderEvent.Kind.DELIVERED, at=at, by=by)
    publish(OrderDelivered(order.pk), aggregate=order.reference, at=at)


def _refuse(order: Order, *, at: datetime, by: str) -> None:
    move(
        order,
        fulfillment_status=Order.FulfillmentStatus.REFUSED,
        status=Order.Status.CANCELLED,
        payment_status=Order.PaymentStatus.VOID,
    )
    order.save(update_fields=["fulfillment_status", "status", "payment_status"])
    void_payments(reference=order.reference)
    note(order, OrderEvent.Kind.REFUSED, at=at, by=by)
    publish(OrderCancelled(order.pk, by_person=True), aggregate=order.reference, at=at)
    put_back(reference=order.reference, at=at, reason="Refused at the door", actor=by)
