"""How many units of an order its buyer can still send back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from checkout.order.models import Fulfillment, FulfillmentLine, Order, OrderLine
from checkout.order.seen import SeenLine


@dataclass(frozen=True)
class Returnable:
    """Units by order line. `arrived`: whether anything arrived at all, however long ago."""

    units: dict[int, int]
    arrived: bool

    @property
    def is_any(self) -> bool:
        return any(self.units.values())


def returnable(order: Order, at: datetime) -> Returnable:
    """Delivered within the return window, and not on its way back. Two queries, one where its lines are prefetched."""
    parcels = FulfillmentLine.objects.filter(
        fulfillment__order_id=order.pk, fulfillment__status=Fulfillment.Status.DELIVERED
    )
    arrived = parcels.values_list("order_line", "quantity", "fulfillment__delivered_at")
    return count_returnable(order.lines.all(), arrived, at)


def count_returnable(lines: Iterable[OrderLine | SeenLine], arrived: Iterable[tuple], at: datetime) -> Returnable:
    """`arrived`: order line, units and time of everything that was delivered. No query."""
    since = at - timedelta(days=settings.RETURN_WINDOW_DAYS)
    delivered: Counter[int] = Counter()
    lately: Counter[int] = Counter()
    for line, quantity, when in arrived:
        delivered[line] += quantity
        lately[line] += quantity if when and when >= since else 0
    units = {line.pk: min(lately[line.pk], delivered[line.pk] - line.returned) for line in lines}
    return Returnable(units, any(delivered[pk] for pk in units))
