"""`manage.py worker` and `manage.py relay`, as processes that are told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from shop.core.outbox.models import OutboxEvent
from shop.core.tasks.models import QueuedTask
from tests.core import children
from tests.core.happenings import happen, rows_of_tasks, write_row
from tests.core.test_tasks import wait_for

pytestmark = pytest.mark.postgres_race


@pytest.fixture
def command(own_database):
    running: list[subprocess.Popen] = []

    def start(name: str) -> subprocess.Popen:
        environment = os.environ | {
            "TEST_DATABASE_URL": children.database_url(),
            "DATABASE_URL": children.database_url(),
            "DJANGO_SETTINGS_MODULE": "shop.settings.test",
        }
        process = subprocess.Popen([sys.executable, "manage.py", name], cwd=children.ROOT, env=environment)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_runs_tasks_until_it_is_told_to_end(command, number):
    write_row.enqueue("for the worker")
    worker = command("worker")
    wait_for(lambda: rows_of_tasks() == ["for the worker"], seconds=90)
    wait_for(lambda: not QueuedTask.objects.filter(path=write_row.module_path).exists())
    worker.send_signal(number)
    assert worker.wait(timeout=30) == 0


def test_the_relay_delivers_until_it_is_told_to_end(command):
    from django.db import transaction

    with transaction.atomic():
        happen(1)
    relay = command("relay")
    wait_for(lambda: not OutboxEvent.objects.filter(relayed_at=None).exists(), seconds=90)
    relay.terminate()
    assert relay.wait(timeout=30) == 0
