from __future__ import annotations

from checkout.order.models import Order
from shop.core.errors import NotThere


def lock_order(order_id: int) -> Order:
    """The order, locked until the transaction ends. Raises NotThere. After a cart, before payments and stock."""
    order = Order.objects.select_for_update().filter(pk=order_id).first()
    if order is None:
        raise NotThere
    return order
