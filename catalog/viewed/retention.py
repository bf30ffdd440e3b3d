"""How long it stays what somebody looked at."""

from __future__ import annotations

from datetime import datetime

from catalog.viewed.models import View
from shop.core.retention import kept_for


@kept_for("views", days=180)
def forget_views(before: datetime) -> int:
    return View.objects.filter(at__lt=before).delete()[0]
