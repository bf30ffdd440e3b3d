"""This room's part of the personal export, and of an erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shop.accounts.models import User
from shop.core.personal_data import on_erase, personal_data
from shop.notifications.models import Notification, NotificationPreference, PushSubscription, StockAlert
from shop.notifications.services.say_farewell import say_farewell

FACTS = ("id", "channel", "address", "subject", "message", "reference", "status", "created_at", "sent_at", "read_at")


@personal_data("notifications")
def export_notifications(user: User) -> list[dict[str, Any]]:
    return list(Notification.objects.filter(recipient=user).order_by("-pk").values(*FACTS))


@personal_data("notification_preferences")
def export_preferences(user: User) -> list[dict[str, Any]]:
    rows = NotificationPreference.objects.filter(user=user).order_by("topic", "channel")
    return [dict(row) for row in rows.values("topic", "channel", "wanted")]


@personal_data("push_subscriptions")
def export_browsers(user: User) -> list[dict[str, Any]]:
    return [
        dict(row) for row in PushSubscription.objects.filter(user=user).order_by("pk").values("endpoint", "created_at")
    ]


@personal_data("stock_alerts")
def export_alerts(user: User) -> list[dict[str, Any]]:
    rows = StockAlert.objects.filter(user=user).order_by("pk")
    return [dict(row) for row in rows.values("kind", "reference", "email", "created_at", "ended_at")]


@on_erase
def forget_notifications(user: User, at: datetime) -> None:
    Notification.objects.filter(recipient=user).delete()
    for model in (NotificationPreference, PushSubscription, StockAlert):
        model.objects.filter(user=user).delete()
    say_farewell(user=user, at=at)
