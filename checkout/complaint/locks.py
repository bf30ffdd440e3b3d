from __future__ import annotations

from collections.abc import Mapping

from checkout.complaint.errors import WrongStage
from checkout.complaint.models import Complaint
from checkout.complaint.rules import BY_STAFF
from shop.core.errors import NotThere


def lock_complaint(complaint_id: int) -> Complaint:
    """The complaint, locked until the transaction ends; nothing else is locked with it. Raises NotThere."""
    complaint = Complaint.objects.select_for_update().filter(pk=complaint_id).first()
    if complaint is None:
        raise NotThere
    return complaint


def check_step(complaint: Complaint, to: str, table: Mapping[str, frozenset[str]] = BY_STAFF) -> None:
    """Raises WrongStage, with what is allowed."""
    if to not in table[complaint.status]:
        raise WrongStage(allowed=sorted(map(str, table[complaint.status])))
