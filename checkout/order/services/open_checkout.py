from __future__ import annotations

from datetime import datetime
from typing import Any

from checkout.order.models import Order
from checkout.order.services.begin_payment import begin_payment
from checkout.payment import providers
from checkout.payment.errors import AlreadyPaid, GatewayOrderClosed
from checkout.payment.models import Payment
from checkout.payment.services.check_order import check_order
from shop.core.money import Money


def open_checkout(*, order: Order, at: datetime) -> tuple[Payment, dict[str, Any]]:
    """Begin to pay, and what the gateway's checkout needs for it. A gateway order that is closed is replaced, once.

    Raises what `begin_payment` raises, and AlreadyPaid when the gateway's word was quicker than its message.
    Must be outermost. Locks: those of `begin_payment`.
    """
    payment = begin_payment(order=order, at=at)
    try:
        return payment, _options(payment)
    except AlreadyPaid:
        check_order(provider=payment.provider, order_id=payment.provider_order_id)
        raise
    except GatewayOrderClosed:
        check_order(provider=payment.provider, order_id=payment.provider_order_id)
    payment = begin_payment(order=order, at=at)
    return payment, _options(payment)


def _options(payment: Payment) -> dict[str, Any]:
    amount = Money(payment.amount, payment.currency)
    return providers.gateway(payment.provider).checkout_options(order_id=payment.provider_order_id, amount=amount)
