"""Celery, where a broker is set. It runs what stands in the task table; losing the broker loses no task.

celery -A shop worker --concurrency 2
celery -A shop beat --schedule /var/lib/shop/beat
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from celery import Celery

if TYPE_CHECKING:
    from shop.core.tasks.models import QueuedTask

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")
app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")


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
    run_queued.apply_async(args=[row.pk], eta=row.due_at, retry=False)


app.conf.beat_schedule = {"sweep": {"task": "shop.celery.sweep", "schedule": 5.0}}
