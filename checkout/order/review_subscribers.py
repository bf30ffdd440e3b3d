"""What orders do when a payment failed, and which of them a person is to look at. Each is applied once."""

from __future__ import annotations

from django.utils import timezone

from checkout.order.letters import order_of
from checkout.order.services.claim_guest_orders import claim_guest_orders
from checkout.order.services.claim_order import claim_order
from checkout.order.services.hold_for_review import hold_for_review
from checkout.order.services.note_failure import note_failure
from checkout.order.services.send_code import send_code_later
from checkout.order.services.undo_exchange import undo_exchange
from shop.core.outbox import Message, subscribe


@subscribe("payment.failed")
def note_that_payment_failed(message: Message) -> None:
    if (order_id := order_of(message)) is not None:
        note_failure(order_id=order_id, at=message.occurred_at)


@subscribe("order.placed", "order.paid")
def hold_what_is_odd(message: Message) -> None:
    hold_for_review(order_id=message.payload["order_id"], at=timezone.now())


@subscribe("order.placed")
def send_the_code(message: Message) -> None:
    send_code_later.enqueue(message.payload["order_id"])


@subscribe("account.email_verified")
def bring_in_what_was_bought_as_a_guest(message: Message) -> None:
    claim_guest_orders(user_id=message.payload["user_id"])


@subscribe("order.shipped", "order.cancelled")
def bring_in_what_a_guest_bought_since(message: Message) -> None:
    claim_order(order_id=message.payload["order_id"])


@subscribe("order.cancelled", prompt=True)
def give_money_instead(message: Message) -> None:
    undo_exchange(replacement_id=message.payload["order_id"])
