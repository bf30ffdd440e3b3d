"""From the broker to the subscribers of one group. The offset is committed after the database: a message may come
twice, and the delivery rows make it once."""

from __future__ import annotations

import hashlib
import logging
import threading
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from shop.core.outbox.delivering import deliver, settle
from shop.core.outbox.kafka.connecting import options
from shop.core.outbox.kafka.envelope import Envelope, Unreadable, read_envelope
from shop.core.outbox.models import OutboxEvent, ParkedMessage
from shop.core.outbox.publishing import known_events
from shop.core.outbox.subscriptions import subscribers

logger = logging.getLogger(__name__)
BATCH = 50
PAUSE_SECONDS = 2.0
SHOWN = 20_000  # characters of a parked message


class NotForUs(ValueError):
    """A message that cannot be handled, now or ever."""


def consume(group: str, stop: threading.Event) -> None:
    """Read until told to stop; a broker or a database that is away is waited for."""
    from confluent_kafka import KafkaException

    while not stop.is_set():
        try:
            _read(group, stop)
        except (DatabaseError, InterfaceError, KafkaException):
            logger.exception("group %s begins again", group)
            stop.wait(PAUSE_SECONDS)
        finally:
            close_old_connections()


def _read(group: str, stop: threading.Event) -> None:
    reader = make_reader(group)
    reader.subscribe([f"^{settings.KAFKA_TOPIC_PREFIX.replace('.', '[.]')}.+"])
    try:
        while not stop.is_set():
            if handle(reader, reader.consume(BATCH, timeout=0.5), group, stop):
                reader.commit(asynchronous=False)
    finally:
        reader.close()


def make_reader(group: str) -> Any:
    from confluent_kafka import Consumer

    return Consumer(
        options(
            **{
                "group.id": settings.KAFKA_TOPIC_PREFIX + group,
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "auto.offset.reset": "earliest",
                "session.timeout.ms": 6000,  # who was killed is replaced within ten seconds
                "heartbeat.interval.ms": 2000,
                "topic.metadata.refresh.interval.ms": 5000,  # a topic may be made while we read
                "queued.max.messages.kbytes": 16_384,
            }
        )
    )


def handle(reader: Any, messages: list[Any], group: str, stop: threading.Event) -> int:
    """Returns how many were handled, and may be committed."""
    handled = 0
    for message in messages:
        if message.error():
            logger.warning("kafka: %s", message.error())
            continue
        if stop.is_set():
            break
        take(message, group)
        reader.store_offsets(message)
        handled += 1
    return handled


def take(message: Any, group: str) -> None:
    """Hand one message to the subscribers of the group; what cannot be handled is parked with its reason."""
    event = None
    try:
        envelope = read_envelope(message.value())
        event = _find(envelope)
        _refuse_unknown(event)
    except (Unreadable, NotForUs) as reason:
        _park(message, group, event, str(reason))
        return
    if event.relayed_at is None:
        for subscriber in subscribers(event.name, group):
            deliver(event, subscriber, wait=True)
        settle(event)


def _find(envelope: Envelope) -> OutboxEvent:
    event = OutboxEvent.objects.filter(pk=envelope.id).first()
    if event is None or (event.name, event.aggregate) != (envelope.name, envelope.aggregate):
        raise NotForUs("this shop has published no such event")
    return event


def _refuse_unknown(event: OutboxEvent) -> None:
    """What newer code has published stays open and is sent again: after the update somebody here understands it."""
    known = known_events.get(event.name)
    if known is None:
        raise NotForUs(f"unknown event {event.name}")
    if event.version > known.version:
        raise NotForUs(f"version {event.version} of {event.name} is newer than {known.version}, which this code knows")


def _park(message: Any, group: str, event: OutboxEvent | None, reason: str) -> None:
    value = message.value() or b""
    logger.error("%s[%s]@%s is parked: %s", message.topic(), message.partition(), message.offset(), reason)
    ParkedMessage.objects.bulk_create(
        [
            ParkedMessage(
                group=group, event=event, topic=message.topic(), partition=message.partition(),
                offset=message.offset(), value=value.decode("utf-8", "replace").replace("\0", "�")[:SHOWN],
                digest=hashlib.sha256(value).hexdigest(), reason=reason.replace("\0", "�")[:300],
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
