from __future__ import annotations

from django.utils import timezone

from checkout.complaint.services.close_complaint import close_settled
from checkout.complaint.services.warn_of_deadlines import warn_of_deadlines
from shop.core.tasks.clock import every


@every(seconds=600)
def warn_of_complaints() -> None:
    warn_of_deadlines(at=timezone.now())


@every(seconds=3600)
def close_settled_complaints() -> None:
    close_settled(at=timezone.now())
