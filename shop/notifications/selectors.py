from __future__ import annotations

from django.db.models import QuerySet

from shop.accounts.models import User
from shop.core.errors import NotThere
from shop.notifications.models import Notification


def notifications_of(user: User) -> QuerySet[Notification]:
    """Newest first."""
    return Notification.objects.filter(recipient=user).order_by("-created_at", "-pk")


def notification_of(user: User, notification_id: int) -> Notification:
    """Raises NotThere, also for somebody else's."""
    found = Notification.objects.filter(recipient=user, pk=notification_id).first()
    if found is None:
        raise NotThere
    return found
