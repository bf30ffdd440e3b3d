"""What orders do when something happens below them. Each is applied once (the outbox remembers)."""

from __future__ import annotations

from django.utils import timezone

from checkout.order.services.note_refund import note_refund
from checkout.order.services.settle_payment import settle_payment
from shop.core.money import Money
from shop.core.outbox import Message, subscribe


def order_id_of(reference: str) -> int | None:
    kind, _, pk = reference.partition(":")
    return int(pk) if kind == "order" and pk.isdigit() else None


@subscribe("payment.captured", prompt=True)
def pay_the_order(message: Message) -> None:
    facts = message.payload
    if (order_id := order_id_of(facts["reference"])) is not None:
        amount = Money(facts["amount"], facts["currency"])
        settle_payment(order_id=order_id, payment_id=facts["payment_id"], amount=amount, at=timezone.now())


@subscribe("payment.refunded")
def note_money_back(message: Message) -> None:
    facts = message.payload
    if (order_id := order_id_of(facts["reference"])) is not None:
        note_refund(order_id=order_id, amount=Money(facts["amount"], facts["currency"]), at=message.occurred_at)
