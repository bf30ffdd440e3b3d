from __future__ import annotations

from django.utils.module_loading import import_string

from shop.core.outbox import Message
from shop.webhooks.models import WebhookDelivery, WebhookEndpoint
from shop.webhooks.rules import body_of, public_events

SEND = "shop.webhooks.tasks.send"  # by name: tasks stand above services


def queue_deliveries(*, message: Message) -> int:
    """Write a delivery for each active endpoint that asks for the event, into the open transaction; tasks send them
    after the commit. Returns how many are new."""
    if message.name not in public_events():
        return 0
    endpoints = WebhookEndpoint.objects.filter(active=True, events__contains=[message.name])
    body = body_of(message.name, message.occurred_at, message.payload)
    queued = 0
    for endpoint in endpoints.order_by("pk"):
        delivery, made = WebhookDelivery.objects.get_or_create(
            endpoint=endpoint, event_id=message.id, defaults={"event_name": message.name, "body": body}
        )
        if made:
            import_string(SEND).enqueue(delivery.pk)
            queued += 1
    return queued
