from __future__ import annotations

from datetime import datetime, timedelta

from shop.notifications.models import Notification

PATIENCE = timedelta(minutes=15)


def give_up_on_stuck(*, at: datetime) -> int:
    """Mark notices whose sender died at work: sent or not, nobody knows, so they are not sent a second time."""
    unsettled = [Notification.Status.QUEUED]
    stuck = Notification.objects.filter(status__in=unsettled, sent_at__lt=at - PATIENCE)
    return stuck.update(
        status=Notification.Status.FAILED,
        error="The process died while sending. Not sent again, lest it arrive twice.",
    )
