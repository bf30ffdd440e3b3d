"""Runs what stands in the table: in a thread of the web process, in `manage.py worker`, or called by Celery.

A task runs at least once: it is written to be run twice. While it runs its row is leased for ten minutes; a task that
needs longer splits its work into several tasks.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 6
IDLE_SECONDS = 1.0
ROUND_SECONDS = 2.0  # then events and the clock have their turn again
_awake = threading.Event()


def wake() -> None:
    _awake.set()


def run_due(limit: int = 100, stop: threading.Event | None = None, seconds: float = 3600) -> int:
    """Run tasks that are due, urgent ones first, until none is left, `limit` or `seconds` are reached or `stop` is set;
    returns how many ran."""
    ran, end = 0, time.monotonic() + seconds
    while (
        ran < limit
        and time.monotonic() < end
        and not (stop and stop.is_set())
        and (claimed := _claim_next()) is not None
    ):
        _run(claimed)
        ran += 1
    return ran


def run_one(pk: int) -> None:
    """Run one task by id, unless somebody else has it (Celery's entry)."""
    claimed = _claim_next(pk=pk)
    if claimed is not None:
        _run(claimed)


def _claim_next(pk: int | None = None):
    """Locks: one task row, skipping those that others hold."""
    from shop.core.tasks.models import QueuedTask

    now = timezone.now()
    with transaction.atomic():
        due = QueuedTask.objects.filter(status=QueuedTask.Status.WAITING, due_at__lte=now)
        if pk is not None:
            due = due.filter(pk=pk)
        row = due.order_by("-priority", "due_at", "pk").select_for_update(skip_locked=True).first()
        if row is not None:
            row.due_at, row.attempts = now + LEASE, row.attempts + 1
            row.save(update_fields=["due_at", "attempts"])
    return row


def _run(row) -> None:
    if row.attempts > MAX_ATTEMPTS:
        _park(row, f"the process died {MAX_ATTEMPTS} times while it ran")
        return
    try:
        import_string(row.path).call(*row.args, **row.kwargs)
    except Exception as error:  # whatever a task raises is its own failure, not the runner's
        logger.exception("task %s failed (attempt %s)", row.path, row.attempts)
        _put_back(row, error)
    else:
        row.delete()


def _put_back(row, error: Exception) -> None:
    row.error = f"{type(error).__name__}: {error}"[:2000]
    row.due_at = timezone.now() + timedelta(seconds=min(5 * 4 ** (row.attempts - 1), 3600))
    if row.attempts >= MAX_ATTEMPTS:
        row.status = row.Status.PARKED
    row.save(update_fields=["error", "due_at", "status"])


def _park(row, reason: str) -> None:
    row.status, row.error = row.Status.PARKED, reason
    row.save(update_fields=["status", "error"])
    logger.error("task %s is parked: %s", row.path, reason)


def run_everything_due(stop: threading.Event | None = None) -> int:
    """One round of all background work of a shop without Celery: the clock, the outbox, the tasks. With Kafka, events
    are the matter of `manage.py relay` and `consume`."""
    from shop.core.outbox import relay
    from shop.core.tasks import clock

    clock.tick()
    relayed = 0 if settings.KAFKA_BOOTSTRAP_SERVERS else relay.relay_due()
    return relayed + run_due(stop=stop, seconds=ROUND_SECONDS)


def run_forever(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            worked = run_everything_due(stop)
        except Exception:  # the database may be restarting: say so and go on
            logger.exception("background round failed")
            worked = 0
        close_old_connections()
        if not worked:
            _awake.wait(IDLE_SECONDS)
            _awake.clear()


@dataclass(frozen=True)
class Background:
    """The thread of a shop that has no Celery."""

    thread: threading.Thread
    stop: threading.Event

    def end(self, *, seconds: float) -> None:
        """Finish the task that runs, begin no other; what takes longer is taken up again after its lease."""
        self.stop.set()
        wake()
        self.thread.join(seconds)


def start_in_background() -> Background:
    stop = threading.Event()
    thread = threading.Thread(target=run_forever, args=(stop,), name="shop-tasks", daemon=True)
    thread.start()
    return Background(thread, stop)
