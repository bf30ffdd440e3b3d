"""Celery runs what stands in the table. The broker only announces: emptied or gone, no task is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest
from django.utils import timezone
from redis import Redis

from shop.core.tasks.models import ClockEntry, QueuedTask
from tests.core import children
from tests.core.happenings import rows_of_tasks, write_row
from tests.core.test_tasks import wait_for

pytestmark = [pytest.mark.postgres_race, pytest.mark.slow]
ENQUEUE = "write_row.enqueue('announced')\nprint('written', flush=True)\n"


@pytest.fixture
def celery(redis_url, tmp_path):
    """Start workers; those that still run are ended after the test."""
    running: list[subprocess.Popen] = []

    def start(*options: str) -> subprocess.Popen:
        environment = {
            "TEST_DATABASE_URL": children.database_url(),
            "DJANGO_SETTINGS_MODULE": "shop.settings.test",
            "CELERY_BROKER_URL": redis_url,
        }
        command = [sys.executable, "-m", "celery", "-A", "shop", "worker", "--pool", "solo", "--loglevel", "error"]
        worker = subprocess.Popen(
            [*command, "--schedule", str(tmp_path / "beat"), *options], cwd=children.ROOT, env=os.environ | environment,
            start_new_session=True,
        )  # fmt: skip
        running.append(worker)
        return worker

    yield start
    for worker in running:  # each with the beat it has begun
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)


def test_a_worker_runs_what_a_web_process_announces(own_database, celery, redis_url):
    children.run(ENQUEUE, CELERY_BROKER_URL=redis_url)
    assert Redis.from_url(redis_url).llen("default") == 1
    assert QueuedTask.objects.count() == 1
    celery()
    wait_for(lambda: rows_of_tasks() == ["announced"], seconds=60)
    wait_for(lambda: not QueuedTask.objects.exists())


def test_the_sweep_finds_tasks_whose_announcement_was_lost_and_runs_the_clock(own_database, celery, redis_url):
    children.run(ENQUEUE, CELERY_BROKER_URL=redis_url)
    Redis.from_url(redis_url).flushall()
    celery("--beat")
    wait_for(lambda: rows_of_tasks() == ["announced"], seconds=60)
    assert ClockEntry.objects.exists()


def test_the_task_of_a_killed_worker_is_taken_over(own_database, celery, redis_url):
    children.run("die.enqueue()", CELERY_BROKER_URL=redis_url)
    assert celery().wait(timeout=60) == -signal.SIGKILL
    assert QueuedTask.objects.get().attempts == 1
    QueuedTask.objects.update(path=write_row.module_path, args=["taken over"], due_at=timezone.now())
    celery("--beat")
    wait_for(lambda: rows_of_tasks() == ["taken over"], seconds=60)


def test_a_broker_that_is_gone_holds_nothing_up(own_database):
    began = time.monotonic()
    child = children.start(ENQUEUE, CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    assert child.wait(timeout=60) == 0
    assert time.monotonic() - began < 40  # most of it Python's start
    assert QueuedTask.objects.count() == 1
