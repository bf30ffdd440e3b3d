from __future__ import annotations

from django.db import transaction
from django.db.models import F

from shop.core.outbox.models import Delivery, OutboxEvent, ParkedMessage


def retry_parked(*, event_ids: list[int] | None = None) -> int:
    """Let parked deliveries (of these events, or all) have their attempts again; returns how many. Parked messages
    whose event has found its way since are forgotten. Locks: deliveries, then events."""
    with transaction.atomic():
        parked = Delivery.objects.filter(status=Delivery.Status.PARKED)
        if event_ids is not None:
            parked = parked.filter(event__in=event_ids)
        found = dict(parked.order_by("pk").select_for_update().values_list("pk", "event_id"))
        Delivery.objects.filter(pk__in=found).update(status=Delivery.Status.RETRY, attempts=0, next_attempt_at=None)
        OutboxEvent.objects.filter(pk__in=set(found.values())).update(relayed_at=None, sent_at=None, sends=0)
        ParkedMessage.objects.filter(event__relayed_at__gt=F("parked_at")).delete()
    return len(found)
