from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.services.claim import claim
from checkout.order.errors import WrongState
from checkout.order.events import OrderShipped
from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import is_shippable, move, next_statuses
from checkout.order.services.timeline import note
from shop.core.outbox import publish


def ship_order(*, order_id: int, at: datetime, by: str = "", text: str = "") -> Order:
    """The whole order leaves: its pieces go off the shelf. Again: no effect. Raises WrongState, NotThere.

    Locks: the order, then stock items in primary-key order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if order.fulfillment_status == Order.FulfillmentStatus.SHIPPED:
            return order
        if not is_shippable(order):
            raise WrongState(allowed=next_statuses(order))
        move(order, fulfillment_status=Order.FulfillmentStatus.SHIPPED)
        order.save(update_fields=["fulfillment_status"])
        note(order, OrderEvent.Kind.SHIPPED, at=at, by=by, text=text)
        publish(OrderShipped(order.pk), aggregate=order.reference, at=at)
        claim(reference=order.reference, at=at, actor=by)
    return order
