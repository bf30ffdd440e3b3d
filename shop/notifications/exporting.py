"""This room's part of the personal export, and of an erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shop.accounts.models import User
from shop.core.personal_data import on_erase, personal_data
from shop.notifications.models import Notification
from shop.notifications.selectors import notifications_of

FACTS = ("id", "channel", "address", "subject", "message", "reference", "status", "created_at", "sent_at", "read_at")


@personal_data("notifications")
def export_notifications(user: User) -> list[dict[str, Any]]:
    return list(notifications_of(user).values(*FACTS))


@on_erase
def forget_notifications(user: User, at: datetime) -> None:
    Notification.objects.filter(recipient=user).delete()
