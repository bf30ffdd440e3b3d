"""A sample of `make faults`: some crash points, races, messages and a small flash sale, and two controls that turn red."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from shop.core.embedded_postgres import ensure_running
from tests import conftest as servers
from tests.faults import controls, crash, flash, forged, infrastructure, messages, race
from tests.faults.ground import Ground, ground_of
from tests.faults.operations import OPERATIONS
from tests.faults.report import bound
from tests.faults.rig import Rig, running_rig
from tests.faults.running import Session

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(600)]
MOST_SECONDS = 60  # for the cases of a test; a slow machine tries fewer
SEED = 20261128  # the same cases each time; `make faults` takes others


@pytest.fixture(scope="module")
def ground(template_database) -> Ground:
    """On the tests' own PostgreSQL, also where TEST_DATABASE_URL names another: the rig is a machine of its own."""
    ensure_running(servers.CLUSTER)
    elsewhere = "TEST_DATABASE_URL" in os.environ
    return ground_of(servers.CLUSTER, "template1" if elsewhere else template_database)


@pytest.fixture(scope="module")
def rig(ground) -> Iterator[Rig]:
    with running_rig(ground) as rig:
        yield rig


def _session(
    ground: Ground, rig: Rig | None = None, *, part: int = 1, seconds: float = MOST_SECONDS
) -> Session:  # fmt: skip
    return Session(ground, SEED, time.monotonic() + seconds, part, rig=rig)


def _failures(session: Session) -> list[str]:
    assert session.results and all(found.cases for found in session.results)
    return [failure for found in session.results for failure in found.failures]


def test_killed_at_some_statements(ground, rig):
    session = _session(ground, rig, part=100)
    names = (
        "place, cash on delivery",
        "webhook, worked off",
        "ship a part",
        "refund a return",
        "Stripe: pay by return",
    )
    crash.run(session, tuple(operation for operation in OPERATIONS if operation.name in names))
    assert not _failures(session)


def test_some_races_on_one_order(ground, rig):
    session = _session(ground, rig, seconds=20)
    names = ("cash on delivery", "partly shipped", "return came back")
    race.run(session, 1, tuple(state for state in race.STATES if state.name in names))
    assert not _failures(session)


def test_some_orders_of_messages(ground, rig):
    session = _session(ground, rig, part=60)
    messages.run(session, tuple(base for base in messages.BASES if base.name in ("paid", "Stripe: paid")))
    assert not _failures(session)


def test_messages_that_lie(ground, rig):
    session = _session(ground, rig)
    forged.run(session, 400)
    assert not _failures(session)


def test_the_broker_is_emptied_under_load(ground):
    session = _session(ground)
    chosen = tuple(one for one in infrastructure.OVER_KAFKA if one.name == "the broker emptied")
    infrastructure.run(session, chosen, kafka=True)
    assert not _failures(session)


def test_the_line_to_the_database_breaks_after_commit(ground, rig):
    session = _session(ground, rig)
    chosen = tuple(one for one in infrastructure.DISTURBANCES if one.name == "cut after COMMIT")
    infrastructure.run(session, chosen)
    assert not _failures(session)


def test_a_small_flash_sale(ground, rig):
    session = _session(ground, rig)
    flash.run(session, 80)
    assert not _failures(session)


@pytest.mark.parametrize("name", ["events in the transaction", "expiry of holds"])
def test_the_oracle_turns_red(ground, name):
    session = _session(ground, part=3)
    controls.run(session, tuple(control for control in controls.CONTROLS if control.name == name))
    assert not _failures(session)


def test_the_bound_of_a_count():
    assert (bound(300, 0), bound(2, 0), bound(300, 1), bound(0, 0)) == ("1.00%", "100.00%", "–", "–")
