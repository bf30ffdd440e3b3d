from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone


@dataclass(frozen=True)
class Event:
    """Base of events: a frozen dataclass of plain values (ids, strings, integers), never of objects."""

    name: ClassVar[str]
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class Message:
    """An event as a subscriber gets it."""

    id: int
    name: str
    aggregate: str
    payload: dict[str, Any]
    occurred_at: datetime


def publish(event: Event, *, aggregate: str, at: datetime | None = None) -> None:
    """Write the event into the open transaction. Raises TransactionManagementError outside of one."""
    from shop.core.outbox import relay
    from shop.core.outbox.models import OutboxEvent
    from shop.core.tasks import runner

    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{event.name} must be published in the transaction that does it")
    row = OutboxEvent.objects.create(
        name=event.name,
        version=event.version,
        aggregate=aggregate,
        payload=asdict(event),
        occurred_at=at or timezone.now(),
    )
    transaction.on_commit(lambda: relay.deliver_promptly(row), robust=True)
    transaction.on_commit(runner.wake)
