"""Celery, where a broker is set. It runs what stands in the task table; losing the broker loses no task."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")
app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task(acks_late=True)
def run_queued(pk: int) -> None:
    from shop.core.tasks.runner import run_one

    run_one(pk)


@app.task
def sweep() -> None:
    """Beat's only job: periodic jobs, waiting events, and tasks whose announcement was lost."""
    from shop.core.tasks.runner import run_everything_due

    run_everything_due()


app.conf.beat_schedule = {"sweep": {"task": "shop.celery.sweep", "schedule": 5.0}}
