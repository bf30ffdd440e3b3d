from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shop.accounts.models import User
from shop.notifications.kinds import TRANSACTIONAL, Topic
from shop.notifications.models import NotificationPreference, StockAlert
from shop.notifications.statuses import Channel


def stop_letters(*, topic: str, at: datetime, user_id: int | None = None, email: str = "") -> bool:
    """No more letters of a topic to an account or an address. False when there is nobody, or the topic cannot be
    stopped. A second time changes nothing."""
    if topic not in Topic.values or topic in TRANSACTIONAL:
        return False
    user = User.objects.filter(pk=user_id).first() if user_id else None
    if user is None and not email:
        return False
    with transaction.atomic():
        if user is not None:
            NotificationPreference.objects.update_or_create(
                user=user, topic=topic, channel=Channel.EMAIL, defaults={"wanted": False}
            )
        elif topic == Topic.STOCK:
            StockAlert.objects.filter(Q(email__iexact=email), user=None, ended_at=None).update(ended_at=at)
    return True
