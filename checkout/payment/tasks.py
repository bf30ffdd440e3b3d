from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from checkout.payment.models import WebhookEvent
from checkout.payment.services.reconcile import reconcile
from shop.core.tasks.clock import every

WEBHOOKS_KEPT = timedelta(days=30)  # the gateway can send an event again for up to 15 days


@every(seconds=60)
def reconcile_payments() -> None:
    reconcile(at=timezone.now())


@every(seconds=3600)
def forget_old_webhooks() -> None:
    """They hold names, addresses and numbers of people, and have done their work."""
    old = WebhookEvent.objects.filter(received_at__lt=timezone.now() - WEBHOOKS_KEPT)
    old.exclude(handled_at=None).delete()
