"""Periodic jobs: once per period in the whole shop, however many processes look at the clock."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from shop.core.db import advisory_key, try_advisory_lock
from shop.core.tasks import clock
from shop.core.tasks.models import ClockEntry
from tests.core import children
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race


@pytest.fixture
def jobs(monkeypatch):
    registered: dict[str, clock.Job] = {}
    monkeypatch.setattr(clock, "jobs", registered)
    return registered


def test_a_job_runs_when_its_period_is_over(own_database, jobs):
    ran = []
    name = f"{__name__}.{clock.every(seconds=60)(lambda: ran.append(1)).__qualname__}"
    assert clock.tick() == [name]
    assert clock.tick() == []
    ClockEntry.objects.update(last_run_at=timezone.now() - timedelta(seconds=61))
    assert clock.tick() == [name]
    assert len(ran) == 2


def test_a_job_that_fails_stops_no_other_and_has_its_next_turn(own_database, jobs):
    ran = []

    @clock.every(seconds=60)
    def break_down() -> None:
        raise ValueError

    @clock.every(seconds=60)
    def go_on() -> None:
        ran.append(1)

    assert len(clock.tick()) == 1
    assert ran == [1]
    assert clock.tick() == []


def test_many_at_once_run_a_job_once(own_database, jobs):
    ran, ready = [], threading.Barrier(4, timeout=20)

    @clock.every(seconds=60)
    def count() -> None:
        ran.append(1)

    def look() -> list[str]:
        ready.wait()
        return clock.tick()

    at_once([look] * 4)
    assert ran == [1]


def test_two_processes_run_a_job_once(own_database):
    """The other process holds the clock; this one finds it held and does nothing."""
    child = children.start(
        """
from shop.core.db import try_advisory_lock
with try_advisory_lock("shop.clock") as held:
    print("held" if held else "refused", flush=True)
    time.sleep(30)
"""
    )
    try:
        assert child.stdout.readline() == "held\n"
        assert clock.tick() == []
        assert ClockEntry.objects.count() == 0
    finally:
        child.kill()
        child.wait()
    assert len(_tick_soon()) == len(clock.jobs)  # the lock died with its holder


def _tick_soon() -> list[str]:
    """PostgreSQL notices a moment later that the other end of a connection is gone."""
    deadline = time.monotonic() + 10
    while not (ran := clock.tick()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return ran


def test_an_advisory_lock_is_given_back_after_an_error(own_database):
    with pytest.raises(ValueError), try_advisory_lock("planted") as held:
        assert held
        raise ValueError
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                       "(SELECT oid FROM pg_database WHERE datname = current_database())")  # fmt: skip
        assert cursor.fetchone() == (0,)


def test_keys_of_locks_are_the_same_in_every_process():
    assert advisory_key("shop.clock") == advisory_key("shop.clock") != advisory_key("shop.other")
    assert -(2**63) <= advisory_key("x") < 2**63
