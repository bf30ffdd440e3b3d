"""How long notices stay."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from shop.core.retention import kept_for
from shop.notifications.kinds import FAREWELL
from shop.notifications.models import Notification, StockAlert


@kept_for("notices", days=400)
def forget_notices(before: datetime) -> int:
    """They hold names, addresses and letters whole; what they report stands with its order."""
    return Notification.objects.filter(created_at__lt=before).delete()[0]


@kept_for("farewells", days=7)
def forget_farewells(before: datetime) -> int:
    """Those that could not be sent; the others went with their sending."""
    return Notification.objects.filter(kind=FAREWELL, created_at__lt=before).delete()[0]


@kept_for("stock_alerts", days=180)
def forget_alerts(before: datetime) -> int:
    """Told or given up; and those who have waited as long in vain."""
    return StockAlert.objects.filter(Q(ended_at__lt=before) | Q(ended_at=None, created_at__lt=before)).delete()[0]
