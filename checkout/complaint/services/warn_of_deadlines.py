from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from checkout.complaint.letters import warn_staff
from checkout.complaint.models import Complaint
from checkout.complaint.rules import WARNED_BEFORE


def warn_of_deadlines(*, at: datetime, limit: int = 200) -> int:
    """Tell support of each deadline that comes near, once. Returns how many. Locks: each complaint, skipping taken ones."""
    near = Q(pk__in=[])
    for status, before in WARNED_BEFORE.items():
        near |= Q(status=status, due_at__lte=at + before)
    not_yet = Q(warned_of=None) | ~Q(warned_of=F("due_at"))
    with transaction.atomic():
        rows = Complaint.objects.select_for_update(skip_locked=True).filter(near, not_yet)
        found = list(rows.order_by("due_at", "pk")[:limit])
        for complaint in found:
            warn_staff(complaint, at=at)
            complaint.warned_of = complaint.due_at
            complaint.save(update_fields=["warned_of"])
    return len(found)
