from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.complaint.events import ComplaintClosed
from checkout.complaint.locks import check_step, lock_complaint
from checkout.complaint.models import Complaint
from checkout.complaint.rules import BY_STAFF, CLOSED_AFTER, TRANSITIONS, move
from checkout.complaint.statuses import Status
from shop.core.outbox import publish


def close_complaint(*, complaint_id: int, at: datetime, by_complainant: bool) -> Complaint:
    """It is settled; its complainant may also withdraw one that is not answered. Again: no effect.

    Raises WrongStage, NotThere. Locks: the complaint.
    """
    with transaction.atomic():
        complaint = lock_complaint(complaint_id)
        if complaint.status != Status.CLOSED:
            check_step(complaint, Status.CLOSED, TRANSITIONS if by_complainant else BY_STAFF)
            end(complaint, at=at)
    return complaint


def close_settled(*, at: datetime, limit: int = 200) -> int:
    """Answered, and nobody said otherwise for two weeks. Returns how many. Locks: each complaint, skipping taken ones."""
    quiet = Complaint.objects.filter(status=Status.RESOLVED, resolved_at__lte=at - CLOSED_AFTER)
    with transaction.atomic():
        found = list(quiet.select_for_update(skip_locked=True).order_by("pk")[:limit])
        for complaint in found:
            end(complaint, at=at)
    return len(found)


def end(complaint: Complaint, *, at: datetime) -> None:
    """Of a locked complaint."""
    move(complaint, Status.CLOSED, at=at)
    complaint.save()
    publish(ComplaintClosed(complaint.pk), aggregate=complaint.reference, at=at)
