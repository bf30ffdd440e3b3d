"""A sample of `make fuzz`: some bad inputs for every operation, and Schemathesis over a part of the document."""

from __future__ import annotations

import time

import pytest

from tests.fuzz.contract import explore
from tests.fuzz.ground import opened_shop
from tests.fuzz.refused import Tally, try_rounds
from tests.fuzz.seeds import fill

SEED = 20261129


@pytest.mark.timeout(400)
def test_bad_inputs_are_refused_and_change_nothing(db):
    boss, tally = fill(), Tally()
    try_rounds(as_user=boss, seed=SEED, most=1500, ends_at=time.monotonic() + 60, tally=tally)
    assert tally.cases > 200 and len(tally.by_kind) > 15
    assert tally.failures == []


@pytest.mark.timeout(400)
def test_answers_are_as_the_document_says(own_database, tmp_path):
    """The examples of the document and what Schemathesis makes of it, as an administrator, for a while."""
    fill()
    with opened_shop() as address:
        found = explore(address, "admin", seed=SEED, folder=tmp_path, seconds=20, examples=1, phases="examples,fuzzing")
    assert found.cases > 10  # in the time; a slow machine tries fewer
    assert found.failures == []
