"""What the room of reviews asks of orders: what was delivered to whom."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from catalog.reviews.purchases import Purchase, purchases_from
from checkout.order.models import OrderEvent, OrderLine
from checkout.order.statuses import FulfillmentStatus

RECEIVED = (FulfillmentStatus.DELIVERED, FulfillmentStatus.RETURNED)  # what was sent back was looked at, too


@purchases_from
def delivered_to(user_id: int, product_id: int | None = None) -> list[Purchase]:
    """Products of delivered orders of a person, the latest first; guest orders count once they are claimed. One query."""
    delivered = OrderEvent.objects.filter(order=OuterRef("order"), kind=OrderEvent.Kind.DELIVERED).order_by("-at")
    lines = OrderLine.objects.filter(order__user_id=user_id, order__fulfillment_status__in=RECEIVED)
    if product_id is not None:
        lines = lines.filter(product_id=product_id)
    rows = lines.annotate(at=Subquery(delivered.values("at")[:1])).order_by("-at", "-pk")
    return [Purchase(each.product_id, f"order:{each.order_id}", each.at) for each in rows if each.at]
