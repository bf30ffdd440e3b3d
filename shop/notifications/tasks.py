from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from shop.core.tasks.clock import every
from shop.notifications.services.give_up_on_stuck import give_up_on_stuck
from shop.notifications.services.send_notification import send_notification


@task(priority=50)
def send(notification_id: int) -> None:
    """Raises what the mail server raised; the runner tries again later."""
    send_notification(notification_id=notification_id, at=timezone.now())


@every(seconds=300)
def look_for_stuck() -> None:
    give_up_on_stuck(at=timezone.now())
