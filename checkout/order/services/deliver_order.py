from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.order.errors import WrongState
from checkout.order.locks import lock_order
from checkout.order.models import Order
from checkout.order.rules import is_cash, next_statuses
from checkout.order.services.arrivals import arrive, on_the_road, refuse


def deliver_order(*, order_id: int, at: datetime, by: str = "", collected: bool = True) -> Order:
    """All that is on the road arrived, and nothing is left to ship. Cash on delivery is collected with it;
    `collected=False` means refused at the door: the pieces come back, and an order of which nothing arrived is
    cancelled. Again: no effect. Raises WrongState, NotThere.

    Locks: the order, its payments, then stock items in primary-key order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        done = Order.FulfillmentStatus.DELIVERED if collected or not is_cash(order) else Order.FulfillmentStatus.REFUSED
        if order.fulfillment_status == done:
            return order
        if order.fulfillment_status != Order.FulfillmentStatus.SHIPPED:
            raise WrongState(allowed=next_statuses(order))
        step = arrive if done == Order.FulfillmentStatus.DELIVERED else refuse
        step(order, on_the_road(order), at=at, by=by)
    return order
