"""Hands events to their subscribers. Gap-safe: rows are found by what is still to do, never by a last-seen id."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shop.core.outbox.models import Delivery, OutboxEvent
from shop.core.outbox.publishing import Message
from shop.core.outbox.subscriptions import Subscriber, subscribers

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 8


def relay_due(limit: int = 200) -> int:
    """Deliver waiting events, oldest first; returns how many were finished."""
    finished = 0
    for pk in list(OutboxEvent.objects.filter(relayed_at=None).order_by("pk").values_list("pk", flat=True)[:limit]):
        finished += _relay(pk)
    return finished


def deliver_promptly(event: OutboxEvent) -> None:
    for subscriber in subscribers(event.name):
        if subscriber.prompt:
            _deliver(event, subscriber)


def _relay(pk: int) -> bool:
    event = OutboxEvent.objects.get(pk=pk)
    states = [_deliver(event, subscriber) for subscriber in subscribers(event.name)]
    if any(state == Delivery.Status.RETRY for state in states):
        return False
    return bool(OutboxEvent.objects.filter(pk=pk, relayed_at=None).update(relayed_at=timezone.now()))


def _deliver(event: OutboxEvent, subscriber: Subscriber) -> str:
    """Run one subscriber once. Locks: its delivery row, so that two relays never run it at the same time."""
    try:
        with transaction.atomic():
            delivery = _lock_delivery(event, subscriber)
            if delivery is None:
                return Delivery.Status.RETRY  # another relay is at it, or its time has not come
            if delivery.status != Delivery.Status.RETRY:
                return delivery.status
            subscriber.handle(_message(event))
            Delivery.objects.filter(pk=delivery.pk).update(
                status=Delivery.Status.DONE, error="", updated_at=timezone.now()
            )
            return Delivery.Status.DONE
    except Exception as error:  # poison is parked with its reason, the others go on
        logger.exception("%s failed at %s", event, subscriber.consumer)
        return _note_failure(event, subscriber, error)


def _lock_delivery(event: OutboxEvent, subscriber: Subscriber) -> Delivery | None:
    Delivery.objects.bulk_create(
        [Delivery(event=event, consumer=subscriber.consumer, status=Delivery.Status.RETRY)], ignore_conflicts=True
    )
    mine = Delivery.objects.filter(event=event, consumer=subscriber.consumer)
    ready = mine.filter(
        ~Q(status=Delivery.Status.RETRY) | Q(next_attempt_at=None) | Q(next_attempt_at__lte=timezone.now())
    )
    return ready.select_for_update(skip_locked=True).first()


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
