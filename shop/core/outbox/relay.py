"""Hands events to their subscribers. Gap-safe: rows are found by what is still to do, never by a last-seen id."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from shop.core.outbox.models import Delivery, OutboxEvent
from shop.core.outbox.publishing import Message
from shop.core.outbox.subscriptions import Subscriber, subscribers

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 8


def relay_due(limit: int = 200) -> int:
    """Deliver waiting events, oldest first; returns how many were finished."""
    finished = 0
    for pk in list(_deliverable().order_by("pk").values_list("pk", flat=True)[:limit]):
        finished += _relay(pk)
    return finished


def deliver_promptly(event: OutboxEvent) -> None:
    """Run the prompt subscribers, or wait for the relay that is running them: the caller wants to see the result."""
    for subscriber in subscribers(event.name):
        if subscriber.prompt:
            _deliver(event, subscriber, wait=True)


def _deliverable():
    """Waiting events, without those whose next attempt is not due: however many fail, the others go on."""
    resting = Delivery.objects.filter(
        event=OuterRef("pk"), status=Delivery.Status.RETRY, next_attempt_at__gt=timezone.now()
    )
    return OutboxEvent.objects.filter(~Exists(resting), relayed_at=None)


def _relay(pk: int) -> bool:
    event = OutboxEvent.objects.get(pk=pk)
    states = [_deliver(event, subscriber, wait=False) for subscriber in subscribers(event.name)]
    if any(state == Delivery.Status.RETRY for state in states):
        return False
    return bool(OutboxEvent.objects.filter(pk=pk, relayed_at=None).update(relayed_at=timezone.now()))


def _deliver(event: OutboxEvent, subscriber: Subscriber, *, wait: bool) -> str:
    """Run one subscriber once. Locks: the event, so that two relays never run the same one at the same time."""
    try:
        with transaction.atomic():
            if not _lock(event, wait=wait):
                return Delivery.Status.RETRY  # another relay is at it
            state = _state(event, subscriber)
            if state is None:
                _note_done(event, subscriber)
                subscriber.handle(_message(event))
            return state or Delivery.Status.DONE
    except Exception as error:  # poison is parked with its reason, the others go on
        logger.exception("%s failed at %s", event, subscriber.consumer)
        return _note_failure(event, subscriber, error)


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
    return Message(event.pk, event.name, event.aggregate, event.payload, event.occurred_at)
