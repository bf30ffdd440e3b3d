from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.order.locks import lock_order
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import credit_left, may_move, move
from checkout.order.services.timeline import note
from checkout.payment.selectors import paid_payments
from shop.core.money import Money


def note_refund(*, order_id: int, amount: Money, at: datetime) -> Order:
    """Money went back to the buyer: the timeline says so, and the order is refunded when neither captured money nor
    store credit that paid for it is left.

    Nothing else changes when it was a part, or a second payment of an order that the first one paid.
    Locks: the order, its payments.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        note(order, OrderEvent.Kind.REFUNDED, at=at, text=amount.text(order.locale))
        refunded = Order.PaymentStatus.REFUNDED
        is_left = paid_payments(order.reference) or credit_left(order)
        if not is_left and may_move("payment_status", order.payment_status, refunded):
            move(order, payment_status=refunded)
            order.save(update_fields=["payment_status"])
    return order
