from __future__ import annotations

from dataclasses import dataclass

from checkout.order.models import Order
from checkout.order.rules import credit_left
from checkout.payment.errors import NotRefundable
from checkout.payment.models import Payment
from checkout.payment.selectors import paid_payments
from shop.core.money import Money


@dataclass(frozen=True)
class Split:
    """Minor units. `money` goes back of `payment`; `credit` is store credit that the order was paid with."""

    payment: Payment | None
    money: int
    credit: int


def split_refund(order: Order, amount: int) -> Split:
    """What of an amount is money, and what is store credit: money first, as far as it was captured and is still here;
    credit was used to pay, so what is left of the amount is credit again.

    Of a locked order. Raises NotRefundable naming what is left. Locks: the order's payments.
    """
    paid, credit = paid_payments(order.reference), credit_left(order)
    payment = next((one for one in paid if one.refundable >= amount), None)
    payment = payment or max(paid, key=lambda one: one.refundable, default=None)
    money = min(amount, payment.refundable) if payment else 0
    if amount - money > credit:
        raise NotRefundable(refundable=Money(money + credit, order.currency))
    return Split(payment, money, amount - money)
