"""What happened, written in the transaction in which it happened, and told to whoever subscribed.

    @dataclass(frozen=True)
    class OrderPlaced(Event):
        name = "order.placed"
        order_id: int

    publish(OrderPlaced(order_id=42), aggregate="order:42")       # inside the transaction

    @subscribe(OrderPlaced.name)                                  # in subscribers.py, imported by AppConfig.ready()
    def tell_the_buyer(message: Message) -> None: ...

A subscriber runs in a transaction of its own together with the note that it has run: an event is applied once.
`prompt=True` runs it right after the commit, in the same process, for what the caller wants to see at once; should
that fail or the process die, the relay does it.
"""

from shop.core.outbox.publishing import Event, Message, publish
from shop.core.outbox.subscriptions import subscribe

__all__ = ["Event", "Message", "publish", "subscribe"]
