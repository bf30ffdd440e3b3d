from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from shop.core.db import forbid_in_transaction
from shop.notifications.channels import SENDERS
from shop.notifications.errors import OutcomeUnknown, Undeliverable
from shop.notifications.kinds import FAREWELL
from shop.notifications.models import Notification

Status = Notification.Status


def send_notification(*, notification_id: int, at: datetime) -> bool:
    """Send a notice, once; returns whether this call sent it. Raises what the service raised: try again later.

    `sent_at` is the claim: set before it goes out, taken back when the service refused it. Where the outcome is not
    known (no answer after it was handed over, or the process died), the claim stays and it is not sent again: an
    e-mail or an SMS arrives at most once. A push is sent again, since its tag lets the browser show it once.
    """
    forbid_in_transaction("a notice")
    unsent = Q(status__in=[Status.QUEUED, Status.FAILED], sent_at=None)
    if not Notification.objects.filter(unsent, pk=notification_id).update(sent_at=at):
        return False
    notification = Notification.objects.select_related("recipient").get(pk=notification_id)
    try:
        SENDERS[notification.channel](notification)
    except (Undeliverable, OutcomeUnknown) as reason:
        _note(notification, Status.FAILED, str(reason), at)
        return False
    except Exception as error:
        _note(notification, Status.FAILED, f"{type(error).__name__}: {error}"[:500], None)
        raise
    _note(notification, Status.SENT, "", at)
    return True


def _note(notification: Notification, status: str, error: str, sent_at: datetime | None) -> None:
    # Read meanwhile in the shop? Then it stays read.
    mine = Notification.objects.filter(pk=notification.pk).exclude(status=Status.READ)
    mine.update(status=status, error=error, sent_at=sent_at)
    if status == Status.SENT:
        mine.filter(kind=FAREWELL).delete()  # whoever is gone leaves no address behind
