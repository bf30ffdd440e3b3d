from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from shop.core.tasks.clock import every
from shop.webhooks.models import WebhookDelivery
from shop.webhooks.services.send_delivery import send_delivery

KEPT = timedelta(days=30)


@task()
def send(delivery_id: int) -> None:
    send_delivery(delivery_id=delivery_id, at=timezone.now())


@every(seconds=24 * 3600)
def forget_what_was_delivered() -> None:
    old = WebhookDelivery.objects.filter(status=WebhookDelivery.Status.DELIVERED, created_at__lt=timezone.now() - KEPT)
    old.delete()
