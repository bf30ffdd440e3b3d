from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from checkout.payment import providers
from checkout.payment.errors import Disagreement
from checkout.payment.models import Payment
from checkout.payment.ports import Gateway, GatewayOrder, GatewayPayment, Seen
from checkout.payment.services.import_refunds import import_refunds_later
from checkout.payment.services.settle import settle

logger = logging.getLogger(__name__)


def check_order(*, provider: str, order_id: str) -> list[Payment]:
    """Ask the gateway what became of one of its orders, and take over every attempt on it.

    Raises GatewayUnavailable, GatewayRefused. Locks: the attempts of the gateway order, for an instant each.
    """
    gateway = providers.gateway(provider)
    attempts = gateway.payments_of(order_id)
    order = gateway.fetch_order(order_id)
    _adopt(provider, order)
    settled = [_settle(gateway, order, seen) for seen in attempts]
    if order.is_over:
        _close(provider, order)
    return [payment for payment in settled if payment is not None]


@task(priority=40)
def check_order_later(provider: str, order_id: str) -> None:
    check_order(provider=provider, order_id=order_id)


def _adopt(provider: str, order: GatewayOrder) -> None:
    """An order whose create-answer never reached our database is known by its receipt."""
    lost = Payment.objects.filter(provider=provider, receipt=order.receipt, provider_order_id="")
    lost.filter(amount=order.amount.minor, currency=order.amount.currency).update(provider_order_id=order.id)


def _close(provider: str, order: GatewayOrder) -> None:
    """Nobody is sent there any more. Money that comes all the same is seen, and told."""
    waiting = Payment.objects.filter(provider=provider, provider_order_id=order.id, status=Payment.Status.CREATED)
    waiting.update(status=Payment.Status.VOID)


def _settle(gateway: Gateway, order: GatewayOrder, seen: GatewayPayment) -> Payment | None:
    at = timezone.now()
    try:
        payment = settle(provider=gateway.code, order=order, seen=seen, at=at)
    except Disagreement as problem:
        logger.error("not what was asked: %s", problem)
        if seen.state is not Seen.CAPTURED or gateway.fetch_payment(seen.id) != seen:
            return None  # not captured, it lapses; two answers that contradict each other prove nothing
        payment = settle(provider=gateway.code, order=order, seen=seen, at=at, keep_odd=True)
    if payment is not None and payment.captured_amount and seen.refunded != _sent_back(payment):
        import_refunds_later.enqueue(payment.pk)
    return payment


def _sent_back(payment: Payment) -> int:
    """What the gateway knows of: store credit is between the buyer and us."""
    return payment.refunded_amount - payment.credited_amount
