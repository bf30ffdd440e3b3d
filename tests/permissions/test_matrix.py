"""Promise A1: nobody reads or changes what lies outside their row of docs/permissions.md."""

from __future__ import annotations

import pytest

from shop.accounts.models import Address
from tests.permissions import matrix
from tests.permissions.matrix import ROLES, Row
from tests.permissions.trying import Attempt, attempts, faults
from tests.permissions.world import OTHER

HOW = "Add a row to docs/permissions.md; its section “Adding an address” says how."
NARROW = [row for row in matrix.rows() if not row.path.endswith("*")]


@pytest.mark.parametrize("row", NARROW, ids=str)
def test_a_row_holds(world, row):
    found = [fault for role in ROLES for attempt in attempts(world, row, role) for fault in faults(world, row, attempt)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("row", matrix.wide_rows(), ids=str)
def test_a_wide_row_holds(world, row):
    """Whom it refuses is refused on every screen below it; whom it allows sees the first of them."""
    below = [Row(path, row.method, row.may, row.line) for path in matrix.below(row)]
    assert below, "nothing stands below it"
    refused = [role for role in ROLES if row.may[role] == "no"]
    found = [
        fault for one in below for role in refused for fault in faults(world, one, Attempt(role, OTHER, True, False))
    ]
    if row.method == "GET":
        allowed = [role for role in ROLES if row.may[role] == "yes"]
        first = min(below, key=lambda one: len(one.path))
        found += [fault for role in allowed for fault in faults(world, first, Attempt(role, OTHER, True, True))]
    assert not found, "\n".join(found)


def test_every_route_has_a_row():
    missing = [
        f"{method or 'GET'} {route.path}"
        for route in matrix.routes()
        for method in route.verbs or ("",)
        if matrix.row_of(route.path, method) is None
    ]
    assert not missing, f"{HOW} Without one:\n" + "\n".join(missing)


def test_every_operation_of_the_api_document_has_a_row():
    missing = [f"{method} {path}" for path, method in matrix.operations() if matrix.row_of(path, method) is None]
    assert not missing, f"{HOW} Without one:\n" + "\n".join(missing)


def test_every_row_names_a_route_and_stands_once():
    known = {route.path for route in matrix.routes()}
    lost = [str(row) for row in NARROW if row.path not in known]
    assert not lost, "docs/permissions.md names what is not there (any more): " + ", ".join(lost)
    said = [str(row) for row in matrix.rows()]
    assert len(said) == len(set(said)), sorted({one for one in said if said.count(one) > 1})


def test_a_row_that_does_not_say_it_for_each_role_is_refused():
    with pytest.raises(ValueError, match="line 1"):
        matrix.read("| `/api/thing/` | GET | yes | yes | maybe | no | no | yes |")


def test_a_hole_would_be_seen(world, monkeypatch):
    """These tests fail when a check is taken out: here the owner of an address."""
    row = next(row for row in NARROW if str(row) == "GET /api/address/{address_id}/")
    attempt = Attempt("customer", OTHER, True, False)
    assert not faults(world, row, attempt)
    monkeypatch.setattr("shop.accounts.selectors.address_of", lambda _user, pk: Address.objects.get(pk=pk))
    assert faults(world, row, attempt)
