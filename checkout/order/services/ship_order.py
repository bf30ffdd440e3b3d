from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.order.locks import lock_order
from checkout.order.models import Order
from checkout.order.services.ship_parcel import BY_HAND, Carrier, ship_parcel


def ship_order(*, order_id: int, at: datetime, by: str = "", text: str = "", carrier: Carrier = BY_HAND) -> Order:
    """All that is left leaves in one parcel. Again: no effect. Raises WrongState, NotThere.

    Locks: the order, then stock items in primary-key order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if order.fulfillment_status != Order.FulfillmentStatus.SHIPPED:
            order = ship_parcel(order_id=order_id, at=at, by=by, text=text, carrier=carrier).order
    return order
