from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxEvent(models.Model):
    """Something that happened, written in the transaction in which it happened."""

    name = models.CharField(max_length=80)  # "order.placed"
    version = models.PositiveSmallIntegerField(default=1)
    aggregate = models.CharField(max_length=80)  # "order:42"; the key on the wire
    payload = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    traceparent = models.CharField(max_length=55, blank=True, default="", db_default="")
    relayed_at = models.DateTimeField(null=True)  # every subscriber has it, or has parked it
    # With Kafka: when the broker last acknowledged it, how often, and when it goes out again should a subscriber still
    # lack it then. So a broker that forgets costs minutes, never an event.
    sent_at = models.DateTimeField(null=True)
    sends = models.PositiveSmallIntegerField(default=0, db_default=0)
    send_due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(relayed_at=None), name="outbox_waiting"),
            models.Index(fields=["id"], condition=Q(relayed_at=None, sent_at=None), name="outbox_unsent"),
            models.Index(fields=["aggregate"], name="outbox_of_aggregate"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.aggregate}"


class Delivery(models.Model):
    """An event at one subscriber. The row is written in the subscriber's own transaction: that makes it once."""

    class Status(models.TextChoices):
        DONE = "done", _("Done")
        RETRY = "retry", _("To be tried again")
        PARKED = "parked", _("Parked")  # poison: a person looks at it, the others go on

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries")
    consumer = models.CharField(max_length=120)
    status = models.CharField(max_length=6, choices=Status.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "consumer"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.consumer}: {self.status}"


class ParkedMessage(models.Model):
    """A message from Kafka that the code does not understand: damaged, foreign, unknown, or of a newer version."""

    group = models.CharField(max_length=40)
    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, null=True, related_name="parked_messages")
    topic = models.CharField(max_length=249)
    partition = models.IntegerField()
    offset = models.BigIntegerField()
    value = models.TextField()
    digest = models.CharField(max_length=64)  # of the value: a replay parks nothing twice
    reason = models.CharField(max_length=300)
    parked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "digest"], name="parked_message_once")]

    def __str__(self) -> str:
        return f"{self.topic}[{self.partition}]@{self.offset}: {self.reason}"
