from __future__ import annotations

import logging

from django_tasks import task

from checkout.payment import providers
from checkout.payment.errors import GatewayRefused
from checkout.payment.models import Payment

logger = logging.getLogger(__name__)


def close_later(payment: Payment) -> None:
    """In the open transaction: nobody is to pay on this any more. Nothing for one that has no order at a gateway."""
    if payment.provider_order_id:
        close_gateway_order.enqueue(payment.provider, payment.provider_order_id)


@task(priority=20)
def close_gateway_order(provider: str, order_id: str) -> None:
    """Have the gateway turn away who still has its page open. A gateway that does not answer is asked again.

    One that refuses has closed it already, or has its money: that is seen by its message or by the reconciler, and goes
    back. Raises GatewayUnavailable. Locks nothing.
    """
    try:
        providers.gateway(provider).close_order(order_id)
    except GatewayRefused as refusal:
        logger.info("%s does not close its order %s: %s", provider, order_id, refusal.reason)
