from __future__ import annotations

from datetime import datetime

from django.db.models import F

from shop.webhooks.models import WebhookEndpoint


def change_secret(*, endpoint_id: int, at: datetime) -> None:
    """Give the endpoint a new secret. For a day messages are signed with the old one too."""
    WebhookEndpoint.objects.filter(pk=endpoint_id).update(generation=F("generation") + 1, rotated_at=at)
