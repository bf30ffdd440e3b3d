from __future__ import annotations

import logging
from typing import NoReturn

from django.utils import timezone

from checkout.payment import providers
from checkout.payment.errors import Disagreement, GatewayRefused, PaymentNotVerified
from checkout.payment.models import Payment
from checkout.payment.ports import Gateway
from checkout.payment.selectors import attempt_with_gateway_order
from checkout.payment.services.check_order import check_order_later
from checkout.payment.services.settle import settle
from shop.core.db import forbid_in_transaction
from shop.core.money import Money
from shop.core.outbox.relay import catch_up

logger = logging.getLogger(__name__)
S = Payment.Status


def confirm_payment(
    *, reference: str, provider: str, amount: Money, payment_id: str, order_id: str | None, signature: str
) -> Payment:
    """Follow a browser's word that it has paid: a hint, until the gateway itself says so.

    Returns the payment as it is: paid, refunded meanwhile, or only authorized (then nothing is fulfilled yet).
    Raises PaymentNotVerified, with the attempt recorded and nothing else changed; GatewayUnavailable: nothing decided.
    Locks: the attempts of the gateway order, for an instant; then the events of `reference` that nobody has been told,
    one by one, and what their prompt subscribers lock.
    """
    gateway = providers.gateway(provider)
    forbid_in_transaction(provider)
    intent = attempt_with_gateway_order(reference=reference, provider=provider, order_id=order_id)
    if intent is None or not gateway.is_return_signed(
        order_id=intent.provider_order_id, payment_id=payment_id, signature=signature
    ):
        _refuse(reference, provider, amount, "The signature does not fit the order")
    payment = _known(intent, payment_id) or _ask(gateway, intent, payment_id)
    if payment is None:
        _refuse(reference, provider, amount, "The gateway does not confirm this payment")
    if payment.status in (S.FAILED, S.VOID):
        raise PaymentNotVerified(payment)
    catch_up(reference)  # a webhook may have settled it this instant, in a process that has yet to tell the order
    return payment


def _known(intent: Payment, payment_id: str) -> Payment | None:
    """A return that is repeated, also weeks later or after a refund: the present state, and no question asked."""
    mine = Payment.objects.filter(provider=intent.provider, provider_order_id=intent.provider_order_id)
    return mine.filter(provider_payment_id=payment_id, status__in=[S.PAID, S.REFUNDED]).first()


def _ask(gateway: Gateway, intent: Payment, payment_id: str) -> Payment | None:
    try:
        seen = gateway.fetch_payment(payment_id)
        order = gateway.fetch_order(intent.provider_order_id)
    except GatewayRefused:
        return None
    if seen.order_id != intent.provider_order_id:
        logger.error("payment %s came back for %s, which is not its order", payment_id, intent.reference)
        return None
    try:
        return settle(provider=intent.provider, order=order, seen=seen, at=timezone.now())
    except Disagreement as problem:
        logger.error("not what was asked for %s: %s", intent.reference, problem)
        check_order_later.enqueue(intent.provider, intent.provider_order_id)
        return None


def _refuse(reference: str, provider: str, amount: Money, why: str) -> NoReturn:
    """Record the attempt, once however often it is repeated. No event: a forged word changes nothing else."""
    facts = {"reference": reference, "provider": provider, "amount": amount.minor, "currency": amount.currency}
    same = Payment.objects.filter(**facts, status=S.FAILED, provider_order_id="", error=why)
    raise PaymentNotVerified(same.first() or Payment.objects.create(**facts, status=S.FAILED, error=why))
