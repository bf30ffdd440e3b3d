from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from checkout.payment import providers
from checkout.payment.errors import GatewayRefused
from checkout.payment.models import Refund
from checkout.payment.services.import_refunds import import_refunds_later
from checkout.payment.services.settle_refund import fail_refund, settle_refund
from shop.core.db import forbid_in_transaction, try_advisory_lock
from shop.core.money import Money


def send_refund(*, refund_id: int) -> Refund:
    """Tell the gateway of a refund that is written down. With the same key however often: it is made once.

    Raises GatewayUnavailable: the refund stays requested, and is sent again. Locks: an advisory lock per refund.
    """
    forbid_in_transaction("refund")
    with try_advisory_lock(f"payment.refund {refund_id}") as held:
        refund = Refund.objects.select_related("payment").get(pk=refund_id)
        if not held or refund.status != Refund.Status.REQUESTED:
            return refund
        return _send(refund)


@task(priority=40)
def send_refund_later(refund_id: int) -> None:
    send_refund(refund_id=refund_id)


def _send(refund: Refund) -> Refund:
    payment = refund.payment
    try:
        seen = providers.provider(payment.provider).refund(
            payment_id=payment.provider_payment_id or "",
            amount=Money(refund.amount, payment.currency),
            key=refund.idempotency_key,
        )
    except GatewayRefused as refusal:
        # Perhaps because it was refunded on the gateway's own screen: then that refund is taken over.
        import_refunds_later.enqueue(payment.pk)
        return fail_refund(refund_id=refund.pk, error=refusal.description or refusal.reason, at=timezone.now())
    return settle_refund(payment_id=payment.pk, seen=seen, at=timezone.now())
