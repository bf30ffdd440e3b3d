"""What a request left in the database, to be held against what another left."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tests.permissions.world import undone, written

Columns = dict[str, list[str]]


@dataclass
class Effect:
    status: int
    body: bytes = b""
    tables: dict[str, Columns] = field(default_factory=dict)


def effect_of(send: Callable[[], Any]) -> Effect:
    """Send, look at every row of the tables that were written, take it back."""
    with undone():
        before = written()
        answer = send()
        changed = [table for table, count in written().items() if count != before.get(table, 0)]
        body = b"" if answer.streaming else answer.content
        return Effect(answer.status_code, body, {table: _columns(table) for table in sorted(changed)})


def _columns(table: str) -> Columns:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT row_to_json(one)::text FROM "{table}" one')
        found = [json.loads(row) for (row,) in cursor.fetchall()]
    names = found[0] if found else {}
    return {name: sorted(json.dumps(row[name], sort_keys=True) for row in found) for name in names}


def differences(plain: Effect, again: Effect, loaded: Effect, marks: tuple[str, ...]) -> Iterator[str]:
    """Where `loaded` left something else than `plain` did. A column in which two plain requests differ (keys, random
    tokens) cannot be compared: there the marks of what was sent must not be found."""
    if loaded.status == 400 and not loaded.tables:
        return
    if loaded.status != plain.status:
        yield f"answered {loaded.status} instead of {plain.status}: {loaded.body[:200]!r}"
    for table in loaded.tables.keys() | plain.tables.keys():
        ours, theirs, twin = (one.tables.get(table, {}) for one in (plain, loaded, again))
        if ours.keys() != theirs.keys():
            yield f"{table} was written by one of the two"
            continue
        for name in ours:
            same = theirs[name] == ours[name] if ours[name] == twin.get(name) else _unmarked(theirs[name], marks)
            if not same:
                gone = set(theirs[name]) - set(ours[name])
                yield f"{table}.{name} holds something else: {sorted(gone)[:3]}"


def _unmarked(values: list[str], marks: tuple[str, ...]) -> bool:
    return not any(mark in value for mark in marks for value in values)
