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
    relayed_at = models.DateTimeField(null=True)  # every subscriber has it, or has parked it

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(relayed_at=None), name="outbox_waiting"),
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
