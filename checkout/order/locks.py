from __future__ import annotations

from checkout.order.models import Fulfillment, Order, Return
from shop.core.errors import NotThere


def lock_order(order_id: int) -> Order:
    """The order, locked until the transaction ends. Raises NotThere. After a cart, before payments and stock."""
    order = Order.objects.select_for_update().filter(pk=order_id).first()
    if order is None:
        raise NotThere
    return order


def lock_parcel(fulfillment_id: int) -> Fulfillment:
    """A parcel, read after its order is locked: the order's lock guards its parcels. Raises NotThere."""
    order_id = Fulfillment.objects.filter(pk=fulfillment_id).values_list("order_id", flat=True).first()
    order = lock_order(order_id or 0)
    parcel = Fulfillment.objects.get(pk=fulfillment_id)
    parcel.order = order
    return parcel


def lock_return(return_id: int) -> Return:
    """A return, read after its order is locked: the order's lock guards its returns. Raises NotThere."""
    order_id = Return.objects.filter(pk=return_id).values_list("order_id", flat=True).first()
    order = lock_order(order_id or 0)
    coming = Return.objects.get(pk=return_id)
    coming.order = order
    return coming
