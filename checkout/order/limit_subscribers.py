"""An order that is paid or cancelled holds no stock for nothing any more: its try of the limit is given back."""

from __future__ import annotations

from shop.core.limits import take_back_of
from shop.core.outbox import Message, subscribe


@subscribe("order.paid", "order.cancelled")
def let_another_one_order(message: Message) -> None:
    take_back_of(f"order:{message.payload['order_id']}")
