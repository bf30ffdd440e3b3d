"""How many units of an order its buyer can still send back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from checkout.order.models import Fulfillment, FulfillmentLine, Order


@dataclass(frozen=True)
class Returnable:
    """Units by order line. `arrived`: whether anything arrived at all, however long ago."""

    units: dict[int, int]
    arrived: bool

    @property
    def is_any(self) -> bool:
        return any(self.units.values())


def returnable(order: Order, at: datetime) -> Returnable:
    """Delivered within the return window, and not on its way back. Two queries."""
    return returnable_of([order], at)[order.pk]


def returnable_of(orders: Sequence[Order], at: datetime) -> dict[int, Returnable]:
    """The same for several, by order id: one query where their lines are prefetched."""
    since = at - timedelta(days=settings.RETURN_WINDOW_DAYS)
    delivered, lately = Counter[int](), Counter[int]()
    for line, quantity, when in _delivered(orders):
        delivered[line] += quantity
        lately[line] += quantity if when and when >= since else 0
    found = {}
    for order in orders:
        lines = list(order.lines.all())
        units = {line.pk: min(lately[line.pk], delivered[line.pk] - line.returned) for line in lines}
        found[order.pk] = Returnable(units, any(delivered[line.pk] for line in lines))
    return found


def _delivered(orders: Sequence[Order]) -> Iterable[tuple]:
    if not orders:
        return ()
    lines = FulfillmentLine.objects.filter(
        fulfillment__order__in=[order.pk for order in orders], fulfillment__status=Fulfillment.Status.DELIVERED
    )
    return lines.values_list("order_line", "quantity", "fulfillment__delivered_at")
