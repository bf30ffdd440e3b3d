"""Reading Kafka in tests without joining a group, which takes seconds."""

from __future__ import annotations

import threading
import time
from typing import Any

from django.conf import settings

from shop.core.outbox.kafka import consuming


def reader_of(group: str = "all", *, from_the_beginning: bool = False) -> Any:
    """A reader of all partitions of the test's topics, from where the group stopped."""
    from confluent_kafka import OFFSET_BEGINNING, OFFSET_STORED, TopicPartition

    reader = consuming.make_reader(group)
    topics = reader.list_topics(timeout=10).topics
    at = OFFSET_BEGINNING if from_the_beginning else OFFSET_STORED
    mine = [name for name in topics if name.startswith(settings.KAFKA_TOPIC_PREFIX)]
    reader.assign([TopicPartition(name, part, at) for name in mine for part in topics[name].partitions])
    return reader


def messages_of(reader: Any, count: int, seconds: float = 15) -> list[Any]:
    """At least so many."""
    found: list[Any] = []
    deadline = time.monotonic() + seconds
    while len(found) < count:
        assert time.monotonic() < deadline, f"{len(found)} of {count} messages came"
        found += [message for message in reader.consume(100, timeout=0.2) if not message.error()]
    return found


def take_messages(count: int, group: str = "all", *, from_the_beginning: bool = False) -> int:
    """Handle so many as a consumer of the group does, offsets included."""
    reader = reader_of(group, from_the_beginning=from_the_beginning)
    try:
        handled = consuming.handle(reader, messages_of(reader, count), group, threading.Event())
        reader.commit(asynchronous=False)
        return handled
    finally:
        reader.close()
