"""Celery runs what stands in the table. The broker only announces: emptied or gone, no task is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from redis import Redis

from shop import celery as project
from shop.core.tasks import runner
from shop.core.tasks.models import ClockEntry, QueuedTask
from tests.core import children
from tests.core.happenings import rows_of_tasks, write_row
from tests.core.test_tasks import wait_for

ENQUEUE = """
began = time.monotonic()
write_row.enqueue('announced')
print('written' if time.monotonic() - began < 10 else 'held up', flush=True)
"""
FOUR_KINDS = """
from datetime import timedelta
from django.utils import timezone
write_row.using(priority=50).enqueue('urgent')
write_row.enqueue('default')
write_row.using(priority=-50).enqueue('bulk')
write_row.using(run_after=timezone.now() + timedelta(hours=2)).enqueue('later')
"""


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


@pytest.mark.postgres_race
@pytest.mark.slow
def test_a_worker_runs_what_is_announced_and_the_sweep_what_was_lost(own_database, celery, redis_url):
    """One worker for the whole story: starting it is what takes long."""
    redis = Redis.from_url(redis_url)
    children.run("die.enqueue()", CELERY_BROKER_URL=redis_url)
    assert celery().wait(timeout=60) == -signal.SIGKILL  # a task took its worker with it
    killed = QueuedTask.objects.get()
    assert killed.attempts == 1 and killed.due_at > timezone.now()
    QueuedTask.objects.update(path=write_row.module_path, args=["taken over"], due_at=timezone.now())
    redis.flushall()
    children.run(FOUR_KINDS, CELERY_BROKER_URL=redis_url)
    assert {queue: redis.llen(queue) for queue in project.QUEUES} == {"urgent": 1, "default": 1, "bulk": 1}
    assert redis.hlen("unacked") == 0
    redis.delete("bulk")  # its announcement is lost
    celery("--beat")
    wait_for(lambda: rows_of_tasks() == ["bulk", "default", "taken over", "urgent"], seconds=60)
    wait_for(lambda: QueuedTask.objects.count() == 1)  # what is for later
    assert QueuedTask.objects.get().args == ["later"]
    assert ClockEntry.objects.exists()


@pytest.mark.postgres_race
@pytest.mark.slow
def test_a_broker_that_is_gone_holds_nothing_up(own_database):
    child = children.start(ENQUEUE, CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    assert child.wait(timeout=60) == 0
    assert QueuedTask.objects.count() == 1


@pytest.mark.parametrize(
    ("priority", "queue"), [(100, "urgent"), (30, "urgent"), (29, "default"), (0, "default"), (-1, "bulk")]
)
def test_the_priority_of_a_task_chooses_its_queue(priority, queue):
    assert project.queue_of(priority) == queue
    assert queue in {each.name for each in project.app.amqp.queues.values()}


def test_nothing_is_handed_out_again_while_it_may_still_run():
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT < visibility
    assert timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT) + project.ANNOUNCED_BEFORE < timedelta(seconds=visibility)
    assert timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT) < runner.LEASE
    assert settings.CELERY_TASK_ACKS_LATE and project.run_queued.acks_late
    assert project.app.conf.task_default_queue in project.QUEUES
    assert project.app.conf.beat_schedule["sweep"]["task"] == project.sweep.name
