from __future__ import annotations

from datetime import datetime

from shop.accounts.models import User
from shop.notifications.models import Notification
from shop.notifications.selectors import notification_of


def hide(*, user: User, notification_id: int, at: datetime) -> None:
    """Delete a notice for its reader. The row stays with its key, lest the same happening be told again.
    Raises NotThere."""
    Notification.objects.filter(pk=notification_of(user, notification_id).pk).update(hidden_at=at)
