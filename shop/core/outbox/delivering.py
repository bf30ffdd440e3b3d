"""Runs a subscriber for an event, once: whoever brings the event, the relay, a prompt caller or a consumer of Kafka."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from shop.core import tracing
from shop.core.outbox.models import Delivery, OutboxEvent
from shop.core.outbox.publishing import Message, defaults_of
from shop.core.outbox.subscriptions import Subscriber, subscribers

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 8
FINISHED = (Delivery.Status.DONE, Delivery.Status.PARKED)


def deliver(event: OutboxEvent, subscriber: Subscriber, *, wait: bool) -> str:
    """Run one subscriber once. Locks: the event, so that it is never at two subscribers' doors at the same time."""
    try:
        with tracing.within(event.traceparent), transaction.atomic():
            if not _lock(event, wait=wait):
                return Delivery.Status.RETRY  # another one is at it
            state = _state(event, subscriber)
            if state is None:
                _note_done(event, subscriber)
                subscriber.handle(_message(event))
            return state or Delivery.Status.DONE
    except Exception as error:  # poison is parked with its reason, the others go on
        if isinstance(error, InterfaceError | OperationalError) and not _database_answers():
            raise
        logger.exception("%s failed at %s", event, subscriber.consumer)
        return _note_failure(event, subscriber, error)


def settle(event: OutboxEvent) -> bool:
    """Close the event if every subscriber has it, or has parked it."""
    expected = {subscriber.consumer for subscriber in subscribers(event.name)}
    finished = (
        Delivery.objects.filter(event=event, consumer__in=expected, status__in=FINISHED).count() if expected else 0
    )
    if finished < len(expected):
        return False
    return bool(OutboxEvent.objects.filter(pk=event.pk, relayed_at=None).update(relayed_at=timezone.now()))


def _database_answers() -> bool:
    try:
        return OutboxEvent.objects.exists() is not None
    except (InterfaceError, OperationalError):
        return False


def _lock(event: OutboxEvent, *, wait: bool) -> bool:
    """Not a lock against readers of the key: subscribers write rows that refer to the event."""
    mine = OutboxEvent.objects.filter(pk=event.pk).select_for_update(no_key=True, skip_locked=not wait)
    return bool(mine.values_list("pk"))


def _state(event: OutboxEvent, subscriber: Subscriber) -> str | None:
    """How far the subscriber is with the event; None when it should have it now."""
    known = Delivery.objects.filter(event=event, consumer=subscriber.consumer)
    delivery = known.only("status", "next_attempt_at").first()
    if delivery is None:
        return None
    due = delivery.next_attempt_at is None or delivery.next_attempt_at <= timezone.now()
    return None if due and delivery.status == Delivery.Status.RETRY else delivery.status


def _note_done(event: OutboxEvent, subscriber: Subscriber) -> None:
    """Written before the subscriber runs, in its transaction: should it fail, the note goes with its work."""
    Delivery.objects.bulk_create(
        [Delivery(event=event, consumer=subscriber.consumer, status=Delivery.Status.DONE, updated_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["event", "consumer"],
        update_fields=["status", "error", "updated_at"],
    )


def _note_failure(event: OutboxEvent, subscriber: Subscriber, error: Exception) -> str:
    with transaction.atomic():
        delivery, _made = Delivery.objects.select_for_update().get_or_create(
            event=event, consumer=subscriber.consumer, defaults={"status": Delivery.Status.RETRY}
        )
        if delivery.status != Delivery.Status.RETRY:
            return delivery.status
        delivery.attempts += 1
        delivery.error = f"{type(error).__name__}: {error}"[:2000]
        delivery.next_attempt_at = timezone.now() + timedelta(seconds=min(2**delivery.attempts, 600))
        if delivery.attempts >= MAX_ATTEMPTS:
            delivery.status = Delivery.Status.PARKED
        delivery.save()
    return delivery.status


def _message(event: OutboxEvent) -> Message:
    payload = defaults_of(event.name) | event.payload
    return Message(event.pk, event.name, event.aggregate, payload, event.occurred_at)
