"""How an event looks on the wire (docs/events/README.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from shop.core.outbox.models import OutboxEvent


class Unreadable(ValueError):
    """The bytes are no envelope."""


@dataclass(frozen=True)
class Envelope:
    id: int
    name: str
    version: int
    aggregate: str


def topic_of(event: OutboxEvent) -> str:
    """One for each kind of aggregate, so that everything about one order stands in one partition, in order."""
    return settings.KAFKA_TOPIC_PREFIX + event.aggregate.partition(":")[0]


def envelope_of(event: OutboxEvent) -> dict[str, Any]:
    return {
        "id": event.pk,
        "name": event.name,
        "version": event.version,
        "aggregate": event.aggregate,
        "occurred_at": event.occurred_at.isoformat(),
        "data": event.payload,
    }


def headers_of(event: OutboxEvent) -> list[tuple[str, bytes]]:
    facts = {
        "event-id": str(event.pk), "event-name": event.name, "event-version": str(event.version),
        "occurred-at": event.occurred_at.isoformat(), "traceparent": event.traceparent,
    }  # fmt: skip
    return [(name, value.encode()) for name, value in facts.items() if value]


def write_envelope(event: OutboxEvent) -> bytes:
    return json.dumps(envelope_of(event), ensure_ascii=False, separators=(",", ":")).encode()


def read_envelope(value: bytes | None) -> Envelope:
    """Raises Unreadable."""
    try:
        found = json.loads(value or b"")
        parts = Envelope(found["id"], found["name"], found["version"], found["aggregate"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable(f"no envelope: {type(error).__name__}: {error}") from error
    kinds = {"id": int, "name": str, "version": int, "aggregate": str}
    if any(type(getattr(parts, name)) is not kind for name, kind in kinds.items()) or not 0 < parts.id < 2**63:
        raise Unreadable("no envelope: a field has the wrong type")
    return parts
