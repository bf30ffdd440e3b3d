from __future__ import annotations

from datetime import datetime

from catalog.inventory.errors import OutOfStock
from catalog.inventory.models import Reservation
from catalog.inventory.services.reserve import Wanted, reserve
from checkout.order.errors import Shortage, WrongState
from checkout.order.locks import lock_order
from checkout.order.models import Order
from checkout.order.rules import STOCK_HELD_FOR, is_payable
from shop.core.db import durable


def hold_stock(*, order_id: int, at: datetime) -> Order:
    """Before paying: the pieces are held, or taken again where the 30 minutes are over. Raises Shortage, WrongState.

    Locks: the order, then stock items in primary-key order.
    """
    with durable():
        order = lock_order(order_id)
        if not is_payable(order):
            raise WrongState(allowed=[])
        if not is_held(order):
            take_again(order, at=at, expires_at=at + STOCK_HELD_FOR)
            order.stock_held_until = at + STOCK_HELD_FOR
            order.save(update_fields=["stock_held_until"])
    return order


def is_held(order: Order) -> bool:
    return Reservation.objects.filter(reference=order.reference, status=Reservation.Status.HELD).exists()


def take_again(order: Order, *, at: datetime, expires_at: datetime | None) -> None:
    """Reserve the lines of an order whose hold has ended. Raises Shortage."""
    lines = list(order.lines.order_by("pk"))
    try:
        wanted = [Wanted(line.variant_id, line.quantity) for line in lines]
        reserve(lines=wanted, reference=order.reference, at=at, expires_at=expires_at)
    except OutOfStock as refusal:
        ids = {line.variant_id: line.pk for line in lines}
        short = [{"item_id": ids[s.pop("variant_id")], **s} for s in map(dict, refusal.shortages)]
        raise Shortage(shortages=short) from refusal
