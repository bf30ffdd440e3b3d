"""Complaints as they are shown, with what was written, read in one statement. Rows, not models."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from checkout.complaint.models import Complaint
from shop.core.reading import Part, Telling, read_one, read_part, time_of

MESSAGES = """(
    SELECT json_agg(json_build_array(m.id, m.at, m.from_shop, m.text) ORDER BY m.id)
    FROM complaint_complaintmessage m WHERE m.complaint_id = complaint_complaint.id)"""


class SeenMessage(NamedTuple):
    pk: int
    at: datetime
    from_shop: bool
    text: str


class SeenComplaint(NamedTuple):
    pk: int
    number: str
    secret: UUID
    email: str
    kind: str
    status: str
    order_id: int | None
    about: str
    text: str
    opened_at: datetime
    acknowledge_by: datetime
    resolve_by: datetime
    due_at: datetime | None
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    messages: tuple[SeenMessage, ...]


COLUMNS = ("id", *SeenComplaint._fields[1:-1])
COMPLAINTS = Telling(
    table="complaint_complaint",
    columns=", ".join([*(f"complaint_complaint.{name}" for name in COLUMNS), MESSAGES]),
)


def seen_complaints(part: Part) -> tuple[list[SeenComplaint], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(COMPLAINTS, part)
    return [_seen(row) for row in rows], count


def seen_complaint(rows: QuerySet[Complaint]) -> SeenComplaint | None:
    """The only one of a queryset. One statement."""
    row = read_one(COMPLAINTS, rows)
    return _seen(row) if row else None


def _seen(row: tuple) -> SeenComplaint:
    *plain, messages = row
    written = (SeenMessage(pk, time_of(at), from_shop, text) for pk, at, from_shop, text in messages or ())
    return SeenComplaint._make((*plain, tuple(written)))
