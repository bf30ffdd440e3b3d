from __future__ import annotations

from django.utils import timezone

from catalog.inventory.services.expire import expire_due
from shop.core.tasks.clock import every


@every(seconds=15)
def expire_reservations() -> None:
    expire_due(at=timezone.now())
