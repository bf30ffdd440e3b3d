from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class QueuedTask(models.Model):
    """Work to be done after a commit. The table is the truth: a thread or Celery only runs what stands in it.

    A task that succeeded is deleted. While one runs, `due_at` lies in the future (a lease), so that the task of a
    process that died becomes due again.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")  # due at `due_at`, or running under its lease
        PARKED = "parked", _("Parked")  # failed too often; a person looks at it, the others go on

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    path = models.CharField(max_length=200)  # of the function: "shop.notifications.tasks.send"
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    priority = models.SmallIntegerField(default=0)  # -100 to 100: a letter to a buyer goes before a thumbnail
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-priority", "due_at"], condition=Q(status="waiting"), name="task_waiting")]

    def __str__(self) -> str:
        return self.path


class ClockEntry(models.Model):
    """When a periodic job last ran. One row per job; the clock runs under an advisory lock."""

    name = models.CharField(max_length=200, unique=True)
    last_run_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
