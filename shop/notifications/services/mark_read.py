from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from shop.accounts.models import User
from shop.notifications import selectors
from shop.notifications.models import Notification


def mark_read(*, user: User, notification_id: int, at: datetime) -> Notification:
    """Raises NotThere. A second time changes nothing."""
    notification = selectors.notification_of(user, notification_id)
    Notification.objects.filter(pk=notification.pk).update(
        status=Notification.Status.READ, read_at=Coalesce(F("read_at"), at)
    )
    notification.refresh_from_db()
    return notification


def mark_all_read(*, user: User, at: datetime) -> int:
    """Everything on the bell; returns how many were new."""
    new = selectors.on_bell(user).filter(status=Notification.Status.SENT).order_by()
    return new.update(status=Notification.Status.READ, read_at=at)
