"""Periodic jobs: `@every(seconds=60)`. One process at a time runs them (advisory lock), whoever comes first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from shop.core.db import try_advisory_lock

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    period: timedelta
    run: Callable[[], object]


jobs: dict[str, Job] = {}


def every(*, seconds: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    def register(function: Callable[[], object]) -> Callable[[], object]:
        name = f"{function.__module__}.{function.__qualname__}"
        jobs[name] = Job(name, timedelta(seconds=seconds), function)
        return function

    return register


def tick() -> list[str]:
    """Run the jobs that are due; returns their names. A job that fails is tried again at its next period."""
    due = _due()
    if not due:
        return []
    with try_advisory_lock("shop.clock") as held:
        return [job.name for job in _due() if _run(job)] if held else []


def _due() -> list[Job]:
    from shop.core.tasks.models import ClockEntry

    now = timezone.now()
    last = dict(ClockEntry.objects.values_list("name", "last_run_at"))
    return [job for job in jobs.values() if job.name not in last or last[job.name] + job.period <= now]


def _run(job: Job) -> bool:
    from shop.core.tasks.models import ClockEntry

    ClockEntry.objects.update_or_create(name=job.name, defaults={"last_run_at": timezone.now()})
    try:
        job.run()
    except Exception:  # one bad job must not stop the others
        logger.exception("periodic job %s failed", job.name)
        return False
    return True
