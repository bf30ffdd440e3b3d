"""Entries of store credit as they are shown, read in one statement. Rows, not models: nothing of them can be saved."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from shop.core.reading import Part, Telling, read_part


class SeenEntry(NamedTuple):
    pk: int
    at: datetime
    kind: str
    amount: int
    about: str
    note: str


ENTRIES = Telling(
    table="credit_storecreditentry",
    columns="credit_storecreditentry.id, at, kind, amount, about, note",
    found_by="JOIN credit_creditaccount ON credit_creditaccount.id = credit_storecreditentry.account_id",
)


def seen_entries(part: Part) -> tuple[list[SeenEntry], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(ENTRIES, part)
    return [SeenEntry._make(row) for row in rows], count
