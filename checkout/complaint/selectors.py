"""Reading complaints: only ever through who asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from checkout.complaint.models import NUMBERS_BEGIN_AFTER, Complaint, ComplaintMessage
from checkout.complaint.rules import UNANSWERED
from shop.core.errors import NotThere


def complaints_of(user: Any, token_hash: str | None) -> QuerySet[Complaint]:
    """Of an account, and the one whose link somebody holds. A token that is absent matches nothing."""
    mine = Q(pk__in=[])
    if user is not None:
        mine |= Q(user=user)
    if token_hash:
        mine |= Q(token_hash=token_hash)
    return Complaint.objects.filter(mine)


def complaint_of_number(complaints: QuerySet[Complaint], number: str) -> Complaint:
    """One of these with its messages. Raises NotThere."""
    found = with_messages(complaints.filter(pk=id_of_number(number) or 0)).first()
    if found is None:
        raise NotThere
    return found


def with_messages(complaints: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Two queries."""
    written = Prefetch("messages", ComplaintMessage.objects.order_by("pk"))
    return complaints.select_related("order").prefetch_related(written)


def id_of_number(number: str) -> int | None:
    """`C-1042` → the complaint's id."""
    digits = number.upper().removeprefix("C-")
    return int(digits) - NUMBERS_BEGIN_AFTER if digits.isascii() and digits.isdigit() and len(digits) < 12 else None


def unanswered(complaints: QuerySet[Complaint]) -> QuerySet[Complaint]:
    return complaints.filter(status__in=UNANSWERED)


def overdue(complaints: QuerySet[Complaint], *, at: datetime) -> QuerySet[Complaint]:
    """A deadline of the law has passed."""
    return complaints.filter(due_at__lt=at)
