"""What happens to complaints. Texts stay out of events: ask the API."""

from __future__ import annotations

from dataclasses import dataclass

from shop.core.outbox import Event


@dataclass(frozen=True)
class ComplaintOpened(Event):
    """Received: both deadlines run."""

    name = "complaint.opened"
    complaint_id: int


@dataclass(frozen=True)
class ComplaintReopened(Event):
    """Its complainant is not content with the answer: both deadlines run anew."""

    name = "complaint.reopened"
    complaint_id: int


@dataclass(frozen=True)
class ComplaintAcknowledged(Event):
    """A person of the shop has taken it up."""

    name = "complaint.acknowledged"
    complaint_id: int


@dataclass(frozen=True)
class ComplaintReplied(Event):
    """The shop wrote something, and goes on looking at it."""

    name = "complaint.replied"
    complaint_id: int
    message_id: int


@dataclass(frozen=True)
class ComplaintWritten(Event):
    """Its complainant wrote something more."""

    name = "complaint.written"
    complaint_id: int
    message_id: int


@dataclass(frozen=True)
class ComplaintResolved(Event):
    """The shop has redressed it, and said how."""

    name = "complaint.resolved"
    complaint_id: int
    message_id: int


@dataclass(frozen=True)
class ComplaintClosed(Event):
    name = "complaint.closed"
    complaint_id: int
