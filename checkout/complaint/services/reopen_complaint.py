from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.complaint.events import ComplaintReopened
from checkout.complaint.locks import check_step, lock_complaint
from checkout.complaint.models import Complaint
from checkout.complaint.rules import move
from checkout.complaint.statuses import Status
from shop.core.outbox import publish


def reopen_complaint(*, complaint_id: int, at: datetime, by: str) -> Complaint:
    """Staff: the answer was not one. Again: no effect. Raises WrongStage, NotThere. Locks: the complaint."""
    with transaction.atomic():
        complaint = lock_complaint(complaint_id)
        if complaint.status != Status.REOPENED:
            check_step(complaint, Status.REOPENED)
            open_again(complaint, at=at)
    return complaint


def open_again(complaint: Complaint, *, at: datetime) -> None:
    """Of a locked complaint."""
    move(complaint, Status.REOPENED, at=at)
    complaint.save()
    publish(ComplaintReopened(complaint.pk), aggregate=complaint.reference, at=at)
