"""Hands events to their subscribers in this process, where no Kafka is set. Gap-safe: rows are found by what is still to
do, never by a last-seen id."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone

from shop.core.outbox.delivering import MAX_ATTEMPTS, deliver
from shop.core.outbox.models import Delivery, OutboxEvent
from shop.core.outbox.subscriptions import subscribers

__all__ = ["MAX_ATTEMPTS", "catch_up", "deliver_promptly", "relay_due"]


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
            deliver(event, subscriber, wait=True)


def catch_up(aggregate: str) -> None:
    """Run the prompt subscribers of what another process has just written about `aggregate` and may not have told yet.

    For a caller who would otherwise show a state that is over.
    """
    for event in OutboxEvent.objects.filter(aggregate=aggregate, relayed_at=None).order_by("pk"):
        deliver_promptly(event)


def _deliverable():
    """Waiting events, without those whose next attempt is not due: however many fail, the others go on."""
    resting = Delivery.objects.filter(
        event=OuterRef("pk"), status=Delivery.Status.RETRY, next_attempt_at__gt=timezone.now()
    )
    return OutboxEvent.objects.filter(~Exists(resting), relayed_at=None)


def _relay(pk: int) -> bool:
    event = OutboxEvent.objects.get(pk=pk)
    states = [deliver(event, subscriber, wait=False) for subscriber in subscribers(event.name)]
    if any(state == Delivery.Status.RETRY for state in states):
        return False
    return bool(OutboxEvent.objects.filter(pk=pk, relayed_at=None).update(relayed_at=timezone.now()))
