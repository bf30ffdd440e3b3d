from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.complaint.events import ComplaintAcknowledged
from checkout.complaint.locks import check_step, lock_complaint
from checkout.complaint.models import Complaint
from checkout.complaint.rules import move
from checkout.complaint.statuses import Status
from shop.core.outbox import publish


def acknowledge_complaint(*, complaint_id: int, at: datetime, by: str) -> Complaint:
    """A person takes it up. Again: no effect. Raises WrongStage, NotThere. Locks: the complaint."""
    with transaction.atomic():
        complaint = lock_complaint(complaint_id)
        if complaint.status != Status.ACKNOWLEDGED:
            check_step(complaint, Status.ACKNOWLEDGED)
            take_up(complaint, at=at)
    return complaint


def take_up(complaint: Complaint, *, at: datetime) -> None:
    """Of a locked complaint."""
    move(complaint, Status.ACKNOWLEDGED, at=at)
    complaint.save()
    publish(ComplaintAcknowledged(complaint.pk), aggregate=complaint.reference, at=at)
