"""Tasks: written with the change, run after the commit, tried again, parked, taken over from a process that died."""

from __future__ import annotations

import signal
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from shop.core.tasks import runner
from shop.core.tasks.models import QueuedTask
from tests.core import children
from tests.core.happenings import die, fail, rows_of_tasks, write_row
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race


def make_due() -> None:
    QueuedTask.objects.filter(status=QueuedTask.Status.WAITING).update(due_at=timezone.now())


def test_a_task_runs_once_and_leaves_nothing(own_database):
    write_row.enqueue("a")
    assert rows_of_tasks() == []
    assert runner.run_due() == 1
    assert runner.run_due() == 0
    assert rows_of_tasks() == ["a"]
    assert QueuedTask.objects.count() == 0


def test_a_rollback_takes_the_task_back(own_database):
    with pytest.raises(RuntimeError), transaction.atomic():
        write_row.enqueue("a")
        raise RuntimeError
    assert QueuedTask.objects.count() == 0


def test_a_task_is_not_seen_before_the_commit(own_database):
    with transaction.atomic():
        write_row.enqueue("a")
        assert at_once([runner.run_due]) == [0]
    assert runner.run_due() == 1


def test_run_after_waits(own_database):
    write_row.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")
    assert runner.run_due() == 0
    make_due()
    assert runner.run_due() == 1


def test_two_runners_at_once_run_each_task_once(own_database):
    for number in range(40):
        write_row.enqueue(f"{number:02}")
    assert sum(at_once([runner.run_due] * 4)) == 40
    assert rows_of_tasks() == [f"{number:02}" for number in range(40)]


def test_a_failing_task_is_tried_again_later_and_later_then_parked(own_database):
    fail.enqueue("no mail server")
    write_row.enqueue("the next one")
    assert runner.run_due() == 2
    assert rows_of_tasks() == ["the next one"]
    pauses = []
    for _ in range(runner.MAX_ATTEMPTS - 1):
        due_at = QueuedTask.objects.get().due_at
        pauses.append((due_at - timezone.now()).total_seconds())
        with time_machine.travel(due_at - timedelta(seconds=1), tick=False):
            assert runner.run_due() == 0  # not before its time
        make_due()
        runner.run_due()
    parked = QueuedTask.objects.get()
    assert pauses == sorted(pauses)
    assert (parked.status, parked.error) == (QueuedTask.Status.PARKED, "ValueError: no mail server")
    make_due()
    assert runner.run_due() == 0


def test_the_task_of_a_killed_process_runs_again_after_its_lease(own_database):
    die.enqueue()
    child = children.run("from shop.core.tasks.runner import run_due\nrun_due()\n")
    assert child.returncode == -signal.SIGKILL
    leased = QueuedTask.objects.get()
    assert timezone.now() < leased.due_at <= timezone.now() + runner.LEASE
    assert runner.run_due() == 0  # whoever has it may still be alive
    QueuedTask.objects.update(path=write_row.module_path, args=["taken over"])
    make_due()
    assert runner.run_due() == 1
    assert rows_of_tasks() == ["taken over"]


def test_a_task_that_kills_its_process_is_parked_in_the_end(own_database):
    die.enqueue()
    QueuedTask.objects.update(attempts=runner.MAX_ATTEMPTS)
    assert runner.run_due() == 1  # this process is still there
    parked = QueuedTask.objects.get()
    assert parked.status == QueuedTask.Status.PARKED
    assert "died" in parked.error


def test_the_thread_of_a_web_process_runs_what_it_is_told_of(own_database):
    background = runner.start_in_background()
    try:
        write_row.enqueue("woken")
        wait_for(lambda: rows_of_tasks() == ["woken"])
    finally:
        background.end(seconds=10)
    assert not background.thread.is_alive()


def test_ending_finishes_the_task_that_runs_and_begins_no_other(own_database, monkeypatch):
    began, may_end = threading.Event(), threading.Event()
    ran = []

    def take_long(row) -> None:
        ran.append(row.pk)
        began.set()
        may_end.wait(10)
        row.delete()

    monkeypatch.setattr(runner, "_run", take_long)
    write_row.enqueue("first")
    write_row.enqueue("second")
    background = runner.start_in_background()
    assert began.wait(10)
    background.stop.set()
    may_end.set()
    background.end(seconds=10)
    assert len(ran) == 1
    assert QueuedTask.objects.count() == 1


def test_the_thread_survives_a_round_that_fails(own_database, monkeypatch):
    rounds = []

    def fail_first(stop) -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError("the database restarts")
        return 0

    monkeypatch.setattr(runner, "run_everything_due", fail_first)
    background = runner.start_in_background()
    wait_for(lambda: len(rounds) > 1)
    background.end(seconds=10)


def test_wagtails_own_tasks_take_the_same_road(own_database):
    from wagtail.models import Page
    from wagtail.search.models import IndexEntry

    page = Page.objects.first()
    Page.objects.filter(pk=page.pk).update(title="Renamed by the test")
    IndexEntry.objects.filter(object_id=str(page.pk)).delete()
    page.refresh_from_db()
    page.save()
    assert QueuedTask.objects.filter(path__startswith="wagtail.").exists()
    runner.run_due()
    assert not QueuedTask.objects.exists()
    assert IndexEntry.objects.filter(object_id=str(page.pk)).exists()


def wait_for(done, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)
