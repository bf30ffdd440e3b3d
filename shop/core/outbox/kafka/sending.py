"""From the outbox to the broker: at least once, in order for each aggregate, marked as sent only when acknowledged.

One relay sends at a time (an advisory lock, held for a round): two would overtake each other. A second one stands by.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from shop.core.db import try_advisory_lock
from shop.core.outbox.delivering import settle
from shop.core.outbox.kafka.connecting import options
from shop.core.outbox.kafka.envelope import headers_of, topic_of, write_envelope
from shop.core.outbox.models import Delivery, OutboxEvent
from shop.core.outbox.publishing import known_events
from shop.core.outbox.subscriptions import subscribers

logger = logging.getLogger(__name__)
BATCH = 500  # events in memory
ACK_SECONDS = 10
PARTITIONS = 6
SWEEP_SECONDS = 2.0
# What a subscriber still lacks goes out again after 5, 10, 20, 40 minutes, then every hour.
SEND_AGAIN, SEND_AGAIN_AT_MOST = timedelta(minutes=5), timedelta(hours=1)


class BrokerAway(ConnectionError):
    """Not everything was acknowledged; it is sent again."""


@dataclass
class Sender:
    """Keeps a producer from round to round; throws it away when something was not acknowledged."""

    producer: Any = None
    topics: set[str] = field(default_factory=set)
    sweep_at: float = 0.0

    def send_due(self) -> int:
        """One round; returns how many events were acknowledged. Raises BrokerAway."""
        with try_advisory_lock("shop.relay") as held:
            return self._send(self._next_batch()) if held else 0

    def _next_batch(self) -> list[OutboxEvent]:
        """New events first; those that were sent are looked through when none is there, and every few seconds."""
        new = list(OutboxEvent.objects.filter(relayed_at=None, sent_at=None).order_by("pk")[:BATCH])
        if new or time.monotonic() < self.sweep_at:
            return new
        self.sweep_at = time.monotonic() + SWEEP_SECONDS
        return list(lacking(timezone.now()).order_by("pk")[:BATCH])

    def _send(self, events: list[OutboxEvent]) -> int:
        if not events:
            return 0
        acknowledged: list[OutboxEvent] = []
        failures: list[str] = []
        try:
            self._hand_over(events, acknowledged, failures)
        finally:
            mark_sent(acknowledged, timezone.now())
        if len(acknowledged) < len(events):
            raise BrokerAway(f"{len(events) - len(acknowledged)} events wait for the broker: {failures[:1]}")
        return len(acknowledged)

    def _hand_over(self, events: list[OutboxEvent], acknowledged: list[OutboxEvent], failures: list[str]) -> None:
        from confluent_kafka import KafkaException

        def note(event: OutboxEvent, error: Any, _message: Any) -> None:
            if error is None:
                acknowledged.append(event)
            else:
                failures.append(str(error))

        try:
            self._prepare({topic_of(event) for event in events})
            for event in events:
                self.producer.produce(
                    topic_of(event), key=event.aggregate.encode(), value=write_envelope(event),
                    headers=headers_of(event), on_delivery=partial(note, event),
                )  # fmt: skip
            self.producer.flush(ACK_SECONDS + 2)
        except KafkaException as error:
            failures.append(str(error))
        if len(acknowledged) < len(events):
            self.close()

    def _prepare(self, topics: set[str]) -> None:
        from confluent_kafka import Producer

        if self.producer is None:
            self.producer = Producer(
                options(
                    **{
                        "enable.idempotence": True,
                        "enable.gapless.guarantee": True,  # else a later event could pass one that timed out
                        "message.timeout.ms": ACK_SECONDS * 1000,
                        "queue.buffering.max.messages": BATCH,
                        "linger.ms": 5,
                        "compression.type": "lz4",
                    }
                )
            )
        if missing := topics - self.topics:
            create_topics(missing)
            self.topics |= missing

    def close(self) -> None:
        """Forget what the broker has not taken: the outbox still has it."""
        if self.producer is not None:
            self.producer.purge()
            self.producer.flush(1)
        self.producer, self.topics = None, set()


def create_topics(names: set[str]) -> None:
    """Make those that are missing, with the broker's own number of copies. Raises KafkaException."""
    from confluent_kafka import KafkaError, KafkaException
    from confluent_kafka.admin import AdminClient, NewTopic

    admin = AdminClient(options())
    wanted = [NewTopic(name, PARTITIONS, -1) for name in sorted(names)]
    for made in admin.create_topics(wanted, request_timeout=ACK_SECONDS).values():
        try:
            made.result()
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise


def lacking(at: datetime) -> QuerySet[OutboxEvent]:
    """Sent, but a subscriber asks for another attempt, or somebody still lacks it after a while."""
    asked_again = Delivery.objects.filter(
        event=OuterRef("pk"), status=Delivery.Status.RETRY, next_attempt_at__gt=OuterRef("sent_at"),
        next_attempt_at__lte=at,
    )  # fmt: skip
    return OutboxEvent.objects.filter(Q(send_due_at__lte=at) | Exists(asked_again), relayed_at=None)


def mark_sent(events: list[OutboxEvent], at: datetime) -> None:
    by_sends: dict[int, list[int]] = defaultdict(list)
    for event in events:
        by_sends[event.sends].append(event.pk)
    for sends, ids in by_sends.items():
        again = min(SEND_AGAIN * 2 ** min(sends, 10), SEND_AGAIN_AT_MOST)
        OutboxEvent.objects.filter(pk__in=ids).update(sent_at=at, sends=F("sends") + 1, send_due_at=at + again)
    for event in events:
        if event.name in known_events and not subscribers(event.name):
            settle(event)  # nobody here listens: on the topic is all there is to it
