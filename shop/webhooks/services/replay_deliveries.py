from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from shop.core.db import lock_in_order
from shop.webhooks.models import WebhookDelivery
from shop.webhooks.services.queue_deliveries import SEND


def replay_deliveries(*, ids: list[int]) -> int:
    """Have messages sent again, from the first attempt on, whatever came of them; those that wait go at once. Those of
    an endpoint that is off stay as they are. Returns how many. Locks: the deliveries, by primary key."""
    wanted = WebhookDelivery.objects.filter(pk__in=ids, endpoint__active=True)
    with transaction.atomic():
        found = [delivery.pk for delivery in lock_in_order(wanted)]
        WebhookDelivery.objects.filter(pk__in=found).update(
            status=WebhookDelivery.Status.WAITING, attempts=0, next_attempt_at=None, finished_at=None
        )
        for pk in found:
            import_string(SEND).enqueue(pk)
    return len(found)
