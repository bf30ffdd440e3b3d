from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.complaint.errors import ComplaintClosed
from checkout.complaint.events import ComplaintReplied
from checkout.complaint.locks import lock_complaint
from checkout.complaint.models import Complaint, ComplaintMessage
from checkout.complaint.rules import TRANSITIONS
from checkout.complaint.services.acknowledge_complaint import take_up
from checkout.complaint.services.words import checked
from checkout.complaint.statuses import Status
from shop.core.outbox import publish


def reply_to_complaint(*, complaint_id: int, text: str, at: datetime, by: str) -> ComplaintMessage:
    """The shop writes to its complainant and goes on looking at it; whoever writes first takes it up.

    Raises Invalid (`text`), ComplaintClosed, NotThere. Locks: the complaint.
    """
    words = checked(text)
    with transaction.atomic():
        complaint = lock_complaint(complaint_id)
        if complaint.status == Status.CLOSED:
            raise ComplaintClosed
        if Status.ACKNOWLEDGED in TRANSITIONS[complaint.status]:
            take_up(complaint, at=at)
        message = say(complaint, words, at=at, by=by)
        publish(ComplaintReplied(complaint.pk, message.pk), aggregate=complaint.reference, at=at)
    return message


def say(complaint: Complaint, words: str, *, at: datetime, by: str) -> ComplaintMessage:
    """In the shop's name."""
    return ComplaintMessage.objects.create(complaint=complaint, from_shop=True, by=by[:150], text=words, at=at)
