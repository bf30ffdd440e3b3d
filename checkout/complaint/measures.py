from __future__ import annotations

from django.utils import timezone

from checkout.complaint.models import Complaint
from checkout.complaint.selectors import overdue, unanswered
from shop.core.measures import measure


@measure("shop_complaints_unanswered")
def count_unanswered() -> int:
    return unanswered(Complaint.objects.all()).count()


@measure("shop_complaints_overdue")
def count_overdue() -> int:
    return overdue(Complaint.objects.all(), at=timezone.now()).count()
