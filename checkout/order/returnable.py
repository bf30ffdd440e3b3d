"""How many units of an order its buyer can still send back."""

from __future__ import annotations

from collections import Counter
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
    since = at - timedelta(days=settings.RETURN_WINDOW_DAYS)
    lines = FulfillmentLine.objects.filter(
        fulfillment__order=order, fulfillment__status=Fulfillment.Status.DELIVERED
    )  # fmt: skip
    delivered, lately = Counter[int](), Counter[int]()
    for line, quantity, when in lines.values_list("order_line", "quantity", "fulfillment__delivered_at"):
        delivered[line] += quantity
        lately[line] += quantity if when and when >= since else 0
    units = {line.pk: min(lately[line.pk], delivered[line.pk] - line.returned) for line in order.lines.all()}
    return Returnable(units, bool(delivered))
