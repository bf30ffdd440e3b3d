from __future__ import annotations

from datetime import datetime

from checkout.order.models import Order
from checkout.order.rules import to_pay
from checkout.order.services.hold_stock import hold_stock
from checkout.payment import providers
from checkout.payment.models import Payment
from checkout.payment.services.start_payment import start_payment


def begin_payment(*, order: Order, at: datetime) -> Payment:
    """Open the gateway's order for an order that waits for money, or give the open one; its pieces are held meanwhile.

    Raises ProviderNotOffered (cash, or not configured), WrongState, Shortage, GatewayUnavailable, GatewayRefused.
    Must be outermost. Locks: the order and its stock items, then an advisory lock while the gateway works.
    """
    providers.gateway(order.payment_method)
    hold_stock(order_id=order.pk, at=at)
    return start_payment(reference=order.reference, provider=order.payment_method, amount=to_pay(order))
