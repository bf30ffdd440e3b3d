"""A sample of `make fuzz`: some bad inputs for every operation, and Schemathesis over a part of the document."""

from __future__ import annotations

import time

import pytest

from tests.factories.people import make_user
from tests.fuzz.refused import Tally, try_rounds
from tests.fuzz.seeds import fill

SEED = 20261129


@pytest.mark.timeout(400)
def test_bad_inputs_are_refused_and_change_nothing(db):
    fill()
    tally = Tally()
    try_rounds(
        as_user=make_user("boss", role="admin"), seed=SEED, most=1500, ends_at=time.monotonic() + 60, tally=tally
    )
    assert tally.cases > 200 and len(tally.by_kind) > 15
    assert tally.failures == []
