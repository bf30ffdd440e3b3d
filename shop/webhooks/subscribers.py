from __future__ import annotations

from shop.core.outbox import Message, subscribe
from shop.webhooks.rules import FAMILIES
from shop.webhooks.services.queue_deliveries import queue_deliveries


@subscribe(*(f"{family}.*" for family in FAMILIES))
def tell_third_parties(message: Message) -> None:
    queue_deliveries(message=message)
