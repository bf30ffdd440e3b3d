from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from shop.notifications.models import StockAlert
from shop.notifications.services.tell import Happening, Reader, tell


def tell_waiting(
    *, kind: str, reference: str, at: datetime, describe: Callable[[str, str], Happening], most: int = 100
) -> int:  # fmt: skip
    """Tell up to `most` of those who wait, the earliest first; returns how many. `describe(locale, key)` says what
    has happened. Whoever is told waits no more: the same transaction says so. Locks: alerts, skipping those that
    another task has."""
    with transaction.atomic():
        waiting = StockAlert.objects.filter(kind=kind, reference=reference, ended_at=None).order_by("pk")
        alerts = list(waiting.select_related("user").select_for_update(skip_locked=True, of=("self",))[:most])
        for alert in alerts:
            tell(reader=_reader(alert), what=describe(alert.locale, str(alert.pk)))
        StockAlert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(ended_at=at)
    return len(alerts)


def _reader(alert: StockAlert) -> Reader:
    user = alert.user
    if user is not None and user.is_active:
        return Reader(user, user.email, user.phone, alert.locale)
    return Reader(None, alert.email, "", alert.locale)
