from __future__ import annotations

from datetime import datetime

from catalog.inventory.models import Reservation
from catalog.inventory.services.release import release


def expire_due(*, at: datetime, limit: int = 500) -> int:
    """Give back what was held too long; returns how many references. Each reference in a transaction of its own."""
    due = Reservation.objects.filter(status=Reservation.Status.HELD, expires_at__lte=at)
    references = list(due.order_by("expires_at").values_list("reference", flat=True).distinct()[:limit])
    return sum(release(reference=reference, at=at, expired=True) > 0 for reference in references)
