from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.complaint.events import ComplaintResolved
from checkout.complaint.locks import check_step, lock_complaint
from checkout.complaint.models import Complaint
from checkout.complaint.rules import move
from checkout.complaint.services.reply_to_complaint import say
from checkout.complaint.services.words import checked
from checkout.complaint.statuses import Status
from shop.core.outbox import publish


def resolve_complaint(*, complaint_id: int, text: str, at: datetime, by: str) -> Complaint:
    """The shop has put it right, and says how. Resolved already: no effect, the text is not added.

    Raises Invalid (`text`), WrongStage, NotThere. Locks: the complaint.
    """
    words = checked(text)
    with transaction.atomic():
        complaint = lock_complaint(complaint_id)
        if complaint.status == Status.RESOLVED:
            return complaint
        check_step(complaint, Status.RESOLVED)
        message = say(complaint, words, at=at, by=by)
        move(complaint, Status.RESOLVED, at=at)
        complaint.save()
        publish(ComplaintResolved(complaint.pk, message.pk), aggregate=complaint.reference, at=at)
    return complaint
