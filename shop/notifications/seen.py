"""Notices as they are shown, each list read in one statement. Rows, not models: nothing of them can be saved."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from shop.core.reading import Part, Telling, read_one, read_part
from shop.notifications.models import Notification


class SeenNotice(NamedTuple):
    id: int
    recipient_id: int | None
    channel: str
    subject: str
    message: str
    status: str
    reference: str
    created_at: datetime


NOTICES = Telling(
    table="notifications_notification",
    columns=", ".join(f"notifications_notification.{name}" for name in SeenNotice._fields),
)


def seen_notices(part: Part) -> tuple[list[SeenNotice], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(NOTICES, part)
    return [SeenNotice._make(row) for row in rows], count


def seen_notice(rows: QuerySet[Notification]) -> SeenNotice | None:
    """The only one of a queryset. One statement."""
    row = read_one(NOTICES, rows)
    return SeenNotice._make(row) if row else None
