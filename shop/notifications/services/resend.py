from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from shop.core.errors import Conflict, NotThere
from shop.notifications.models import Notification
from shop.notifications.services.notify import enqueue

Status = Notification.Status


def resend(*, notification_id: int) -> Notification:
    """A person wants a failed notice to be tried again, though it may have arrived. Raises NotThere; Conflict for one
    that did not fail. Locks: the notice."""
    with transaction.atomic():
        notice = Notification.objects.select_for_update().filter(pk=notification_id).first()
        if notice is None:
            raise NotThere
        if notice.status != Status.FAILED:
            raise Conflict(_("Only a notice that failed is sent again."))
        notice.status, notice.error, notice.sent_at = Status.QUEUED, "", None
        notice.save(update_fields=["status", "error", "sent_at"])
        enqueue(notice)
    return notice
