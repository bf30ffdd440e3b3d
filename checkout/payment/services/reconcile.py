from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from checkout.payment import providers
from checkout.payment.errors import GatewayRefused
from checkout.payment.models import Payment, Refund
from checkout.payment.ports import Seen
from checkout.payment.rules import REFUND_CHECK_AFTER, REFUND_RETRY_AFTER, next_check
from checkout.payment.services.check_order import check_order
from checkout.payment.services.import_refunds import import_refunds_later
from checkout.payment.services.send_refund import send_refund_later
from checkout.payment.services.settle import settle

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 100


def reconcile(*, at: datetime) -> int:
    """Queue a question for every gateway order and refund whose end is overdue; returns how many.

    What was lost between us and the gateway (callbacks, webhooks, answers) is found here, without any session.
    Locks: the rows that are due, skipping those that another process has.
    """
    return _check_payments(at) + _check_refunds(at)


def _check_payments(at: datetime) -> int:
    with transaction.atomic():
        due = Payment.objects.filter(check_at__lte=at).order_by("check_at").select_for_update(skip_locked=True)
        payments = list(due[:MOST_AT_ONCE])
        for payment in payments:
            payment.check_at = next_check(payment.created_at, at)
            payment.save(update_fields=["check_at"])
        for payment in payments:
            look_again.enqueue(payment.pk)
    return len(payments)


def _check_refunds(at: datetime) -> int:
    with transaction.atomic():
        due = Refund.objects.filter(check_at__lte=at).order_by("check_at").select_for_update(skip_locked=True)
        refunds = list(due[:MOST_AT_ONCE])
        for refund in refunds:
            _queue_refund(refund, at)
    return len(refunds)


def _queue_refund(refund: Refund, at: datetime) -> None:
    if refund.status == Refund.Status.REQUESTED:
        gap = max(REFUND_RETRY_AFTER, min(at - refund.created_at, timedelta(hours=1)))
        send_refund_later.enqueue(refund.pk)
    else:
        gap = REFUND_CHECK_AFTER
        import_refunds_later.enqueue(refund.payment_id)
    Refund.objects.filter(pk=refund.pk).update(check_at=at + gap)


@task(priority=40)
def look_again(payment_id: int) -> None:
    """Ask about one gateway order, and capture what its customer authorized. A gateway that does not know it is asked
    again when its turn comes."""
    payment = Payment.objects.get(pk=payment_id)
    try:
        check_order(provider=payment.provider, order_id=payment.provider_order_id)
    except GatewayRefused as refusal:
        logger.warning(
            "%s says nothing of its order %s: %s", payment.provider, payment.provider_order_id, refusal.reason
        )
        return
    mine = Payment.objects.filter(provider=payment.provider, provider_order_id=payment.provider_order_id)
    for waiting in mine.filter(status=Payment.Status.AUTHORIZED):
        _capture(waiting)


def _capture(payment: Payment) -> None:
    gateway = providers.gateway(payment.provider)
    seen = gateway.fetch_payment(payment.provider_payment_id or "")
    if seen.state is Seen.AUTHORIZED:
        seen = gateway.capture(seen)
    order = gateway.fetch_order(payment.provider_order_id)
    settle(provider=payment.provider, order=order, seen=seen, at=timezone.now())
