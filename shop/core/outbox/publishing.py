from __future__ import annotations

from dataclasses import MISSING, asdict, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone

from shop.core.tracing import traceparent

known_events: dict[str, type[Event]] = {}


@dataclass(frozen=True)
class Event:
    """Base of events: a frozen dataclass of plain values (ids, strings, integers), never of objects.

    A field may be added, with a default: older messages lack it. Whatever else changes needs `version` + 1
    (docs/events/README.md).
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1

    def __init_subclass__(cls) -> None:
        known = known_events.setdefault(cls.name, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"{cls.name} is the name of {known.__module__}.{known.__qualname__} already")
        known_events[cls.name] = cls


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
        payload=payload_of(event),
        occurred_at=at or timezone.now(),
        traceparent=traceparent(),
    )
    transaction.on_commit(lambda: relay.deliver_promptly(row), robust=True)
    transaction.on_commit(runner.wake)


def payload_of(event: Event) -> dict[str, Any]:
    return asdict(event)


def defaults_of(name: str) -> dict[str, Any]:
    """What an older message of that name may lack."""
    event = known_events.get(name)
    return {field.name: _default(field) for field in fields(event) if _default(field) is not MISSING} if event else {}


def _default(field) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()
