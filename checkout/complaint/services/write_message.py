from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.complaint.errors import ComplaintClosed
from checkout.complaint.events import ComplaintWritten
from checkout.complaint.locks import lock_complaint
from checkout.complaint.models import ComplaintMessage
from checkout.complaint.services.reopen_complaint import open_again
from checkout.complaint.services.words import checked
from checkout.complaint.statuses import Status
from shop.core.outbox import publish


def write_message(*, complaint_id: int, text: str, at: datetime) -> ComplaintMessage:
    """Its complainant adds something. To an answer it is a no: the complaint is open again, with new deadlines.

    Raises Invalid (`text`), ComplaintClosed, NotThere. Locks: the complaint.
    """
    words = checked(text)
    with transaction.atomic():
        complaint = lock_complaint(complaint_id)
        if complaint.status == Status.CLOSED:
            raise ComplaintClosed
        message = ComplaintMessage.objects.create(complaint=complaint, from_shop=False, text=words, at=at)
        publish(ComplaintWritten(complaint.pk, message.pk), aggregate=complaint.reference, at=at)
        if complaint.status == Status.RESOLVED:
            open_again(complaint, at=at)
    return message
