from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from checkout.payment import providers
from checkout.payment.models import WebhookEvent
from checkout.payment.services.handle_webhook import handle_webhook_later


def receive_webhook(*, provider: str, body: bytes, headers: Mapping[str, str]) -> WebhookEvent:
    """Verify the raw bytes of a gateway's message and store it; it is handled later, once.

    The same event again is the same row. Raises BadSignature, BadMessage (nothing is stored), ProviderNotOffered.
    """
    message = providers.gateway(provider).read_webhook(body, headers)
    with transaction.atomic():
        event, is_new = WebhookEvent.objects.get_or_create(
            provider=provider, event_id=message.event_id, defaults={"name": message.name, "body": body.decode()}
        )
        if is_new:
            handle_webhook_later.enqueue(event.pk)
    return event
