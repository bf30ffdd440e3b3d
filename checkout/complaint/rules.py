"""The life of a complaint, and how long each part of it may take.

Consumer Protection (E-Commerce) Rules, 2020 (India), rule 4(4) and (5): a grievance officer, whose name and contacts are
shown, acknowledges a complaint within 48 hours and redresses it within one month of its receipt; rules 5 and 7: each has a
ticket number by which it can be followed.
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from checkout.complaint.statuses import Status

if TYPE_CHECKING:
    from checkout.complaint.models import Complaint
    from checkout.complaint.seen import SeenComplaint

ACKNOWLEDGED_WITHIN = timedelta(hours=48)
CLOSED_AFTER = timedelta(days=14)  # answered, and not heard of since
WARNED_BEFORE: Mapping[str, timedelta] = {
    Status.OPEN: timedelta(hours=12),
    Status.REOPENED: timedelta(hours=12),
    Status.ACKNOWLEDGED: timedelta(days=3),
}
LONGEST_TEXT = 4000

TRANSITIONS: Mapping[str, frozenset[str]] = {
    Status.OPEN: frozenset({Status.ACKNOWLEDGED, Status.RESOLVED, Status.CLOSED}),
    Status.ACKNOWLEDGED: frozenset({Status.RESOLVED, Status.CLOSED}),
    Status.RESOLVED: frozenset({Status.CLOSED, Status.REOPENED}),
    Status.REOPENED: frozenset({Status.ACKNOWLEDGED, Status.RESOLVED, Status.CLOSED}),
    Status.CLOSED: frozenset(),
}
# Only its complainant ends one that the shop has not answered.
BY_STAFF: Mapping[str, frozenset[str]] = {
    status: to if status == Status.RESOLVED else to - {Status.CLOSED} for status, to in TRANSITIONS.items()
}
UNANSWERED = (Status.OPEN, Status.ACKNOWLEDGED, Status.REOPENED)


def move(complaint: Complaint, to: str, *, at: datetime) -> None:
    """Set the status of a locked complaint, with its times and what is due next. Raises ValueError for a step that is not
    in the table: a use case checks first and refuses in words of its own."""
    if to not in TRANSITIONS[complaint.status]:
        raise ValueError(f"{complaint} cannot go from {complaint.status} to {to}")
    complaint.status = to
    if to == Status.REOPENED:
        receive(complaint, at=at)
    elif to in (Status.ACKNOWLEDGED, Status.RESOLVED):
        complaint.acknowledged_at = complaint.acknowledged_at or at
    complaint.resolved_at = at if to == Status.RESOLVED else complaint.resolved_at if to == Status.CLOSED else None
    complaint.closed_at = at if to == Status.CLOSED else None
    complaint.due_at = next_deadline(complaint)


def receive(complaint: Complaint, *, at: datetime) -> None:
    """Both deadlines begin: with the complaint, and anew when its complainant is not content with the answer."""
    complaint.acknowledge_by, complaint.resolve_by = at + ACKNOWLEDGED_WITHIN, a_month_after(at)
    complaint.acknowledged_at = None


def next_deadline(complaint: Complaint) -> datetime | None:
    if complaint.status not in UNANSWERED:
        return None
    return complaint.resolve_by if complaint.status == Status.ACKNOWLEDGED else complaint.acknowledge_by


def a_month_after(at: datetime) -> datetime:
    """The same day of the next month, as the shop's own calendar has it; its last one where it is shorter."""
    at = timezone.localtime(at)
    year, month = (at.year + 1, 1) if at.month == 12 else (at.year, at.month + 1)
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))


def complaint_token(complaint: Complaint | SeenComplaint) -> str:
    """What its complainant follows one complaint with. Derived, so that a letter can carry it; its SHA-256 is stored."""
    digest = hmac.new(
        settings.SECRET_KEY.encode(), b"complaint token" + complaint.secret.bytes, hashlib.sha256
    ).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
