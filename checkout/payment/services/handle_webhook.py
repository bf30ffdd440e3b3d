from __future__ import annotations

from django.db.models import F
from django.utils import timezone
from django_tasks import task

from checkout.payment import providers
from checkout.payment.errors import GatewayRefused
from checkout.payment.models import Payment, WebhookEvent
from checkout.payment.ports import GatewayMessage
from checkout.payment.services.check_order import check_order
from checkout.payment.services.import_dispute import import_dispute
from checkout.payment.services.import_refunds import import_refunds

NO_SUCH = (400, 404)  # how gateways answer about an id that they do not know


def handle_webhook(*, event_id: int) -> None:
    """Do what a stored message asks for: look at the gateway again, never believe the message. Again: no effect.

    Messages that concern none of our payments are noted as handled. Raises GatewayUnavailable, to be tried again.
    """
    event = WebhookEvent.objects.filter(pk=event_id, handled_at=None).first()
    if event is None:
        return
    WebhookEvent.objects.filter(pk=event_id).update(attempts=F("attempts") + 1)
    note = _follow(event.provider, providers.gateway(event.provider).reread_webhook(event.body))
    WebhookEvent.objects.filter(pk=event_id).update(handled_at=timezone.now(), error=note)


@task(priority=60)
def handle_webhook_later(event_id: int) -> None:
    handle_webhook(event_id=event_id)


def _follow(provider: str, message: GatewayMessage) -> str:
    """Returns why nothing was done, if nothing was."""
    if message.dispute_id:
        dispute = import_dispute(provider=provider, dispute_id=message.dispute_id)
        return "" if dispute else "not a payment of ours"
    if message.refund_id:
        payment = Payment.objects.filter(provider=provider, provider_payment_id=message.payment_id).first()
        if payment is None:
            return "not a payment of ours"
        import_refunds(payment_id=payment.pk)
        return ""
    return _look_at_order(provider, message.order_id) if message.order_id else "names no order"


def _look_at_order(provider: str, order_id: str) -> str:
    try:
        known = check_order(provider=provider, order_id=order_id)
    except GatewayRefused as refusal:
        ours = Payment.objects.filter(provider=provider, provider_order_id=order_id)
        if refusal.http_status not in NO_SUCH or ours.exists():
            raise
        return "not an order of the gateway"  # asking again would not find it either
    return "" if known else "not an order of ours, or not tried yet"
