from __future__ import annotations

from datetime import datetime

from checkout.credit.services.give_back_credit import give_back_credit
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import credit_left, move
from checkout.order.services.timeline import note
from checkout.payment.selectors import paid_payments
from shop.core.money import Money


def return_credit(
    order: Order, *, at: datetime, by: str = "", amount: int | None = None, reference: str = ""
) -> int:  # fmt: skip
    """Of a locked order, its payments locked too: the store credit that it was paid with is its buyer's again, `amount`
    of it (minor units) or all that is left. Returns how much. Nothing left, or the same reference again: no effect.

    Once nothing of the order is left with us it is refunded. Locks: the credit account.
    """
    back = credit_left(order) if amount is None else min(amount, credit_left(order))
    if back <= 0 or order.user_id is None:
        return 0
    money = Money(back, order.currency)
    order.credit_returned += back
    give_back_credit(
        user_id=order.user_id, amount=money, reference=reference or order.reference, about=order.reference, at=at, by=by
    )
    paid = order.payment_status == Order.PaymentStatus.PAID
    if paid and not credit_left(order) and not paid_payments(order.reference):
        move(order, payment_status=Order.PaymentStatus.REFUNDED)
    order.save(update_fields=["credit_returned", "payment_status"])
    note(order, OrderEvent.Kind.CREDIT_RETURNED, at=at, by=by, text=money.text(order.locale))
    return back
