"""Celery, where a broker is set. It runs what stands in the task table; losing the broker loses no task.

celery -A shop worker --concurrency 2                                  all queues, urgent ones first
celery -A shop worker --concurrency 1 --queues urgent                  a worker that letters never wait for
celery -A shop beat --schedule /var/lib/shop/beat
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from celery import Celery
from django.utils import timezone
from kombu import Queue

if TYPE_CHECKING:
    from shop.core.tasks.models import QueuedTask

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")
URGENT, DEFAULT, BULK = QUEUES = ("urgent", "default", "bulk")
URGENT_FROM = 30  # a task's priority: letters and payments have more
# What waits longer is left to the sweep: a message that a worker holds back longer than the visibility timeout would
# be handed out again and again.
ANNOUNCED_BEFORE = timedelta(seconds=30)

app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [Queue(name) for name in QUEUES]


@app.task(acks_late=True, ignore_result=True)
def run_queued(pk: int) -> None:
    from shop.core.tasks.runner import run_one

    run_one(pk)


@app.task(ignore_result=True, expires=30)
def sweep() -> None:
    """Beat's only job: periodic jobs, waiting events, and tasks whose announcement was lost."""
    from shop.core.tasks.runner import run_everything_due

    run_everything_due()


def announce(row: QueuedTask) -> None:
    """Send the task's id. A broker that is away raises: the caller logs it, the sweep finds the task."""
    if row.due_at <= timezone.now() + ANNOUNCED_BEFORE:
        run_queued.apply_async(args=[row.pk], eta=row.due_at, retry=False, queue=queue_of(row.priority))


def queue_of(priority: int) -> str:
    if priority >= URGENT_FROM:
        return URGENT
    return BULK if priority < 0 else DEFAULT


app.conf.beat_schedule = {"sweep": {"task": "shop.celery.sweep", "schedule": 5.0}}
