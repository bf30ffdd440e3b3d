"""A purchase is counted from its order, for buyers who agreed to be counted. The outbox sees to it that it is once."""

from __future__ import annotations

from checkout.order.models import Order
from shop.core.money import Money
from shop.core.outbox import Message, subscribe
from shop.privacy.services.count_purchase import count_purchase


@subscribe("order.placed")
def count_what_was_ordered(message: Message) -> None:
    order = Order.objects.filter(pk=message.payload["order_id"]).prefetch_related("lines").first()
    if order is None:
        return
    lines = [{"product_id": line.product_id, "quantity": line.quantity} for line in order.lines.all()]
    facts = {"total": str(Money(order.total, order.currency)), "currency": order.currency, "items": lines}
    count_purchase(reference=order.reference, facts=facts, at=order.placed_at)
