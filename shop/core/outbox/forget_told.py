from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from shop.core.outbox.models import Delivery, OutboxEvent, ParkedMessage

MOST_AT_ONCE = 5000


def forget_told(*, before: datetime, limit: int = MOST_AT_ONCE) -> int:
    """Delete events that everybody has had since before then, with their deliveries; returns how many.

    What waits, or is parked for a person to look at, stays however old it is. Locks: the rows, by the DELETE.
    """
    parked = Delivery.objects.filter(event=OuterRef("pk")).exclude(status=Delivery.Status.DONE)
    odd = ParkedMessage.objects.filter(event=OuterRef("pk"))
    told = OutboxEvent.objects.filter(~Exists(parked), ~Exists(odd), relayed_at__lt=before).order_by("pk")
    old = list(told.values_list("pk", flat=True)[:limit])
    Delivery.objects.filter(event__in=old).delete()
    return OutboxEvent.objects.filter(pk__in=old).delete()[0]
