from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from checkout.payment import providers
from checkout.payment.models import Payment, Refund
from checkout.payment.services.settle_refund import settle_refund


def import_refunds(*, payment_id: int) -> list[Refund]:
    """Ask the gateway for all refunds of a payment, and take over how they stand, those made on its screen too.

    Raises GatewayUnavailable, GatewayRefused. Locks: the payment, for an instant each.
    """
    payment = Payment.objects.get(pk=payment_id)
    seen = providers.gateway(payment.provider).refunds_of(payment.provider_payment_id or "")
    # Failed ones first: they make room for those that took their place.
    seen = sorted(seen, key=lambda refund: refund.state != "failed")
    return [settle_refund(payment_id=payment_id, seen=refund, at=timezone.now()) for refund in seen]


@task(priority=40)
def import_refunds_later(payment_id: int) -> None:
    import_refunds(payment_id=payment_id)
