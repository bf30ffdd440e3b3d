"""A week after an order has arrived, its buyer is asked what it is like."""

from __future__ import annotations

from catalog.reviews.rules import ASK_AFTER
from catalog.reviews.tasks import ask_for_reviews
from checkout.order.models import Order
from shop.core.outbox import Message, subscribe


@subscribe("order.delivered")
def ask_later(message: Message) -> None:
    order = Order.objects.get(pk=message.payload["order_id"])
    if order.user_id:
        products = sorted(set(order.lines.values_list("product_id", flat=True)))
        task = ask_for_reviews.using(run_after=message.occurred_at + ASK_AFTER)
        task.enqueue(order.user_id, products, order.reference)
