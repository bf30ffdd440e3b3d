"""Transactions and locks. Order of locks in the whole shop: docs/locking.md."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from django.db import connection, models, transaction

# Of all transactions that have written something and are still open, the oldest.
SETTLED = """SELECT least(now(), min(xact_start)) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"""
M = TypeVar("M", bound=models.Model)
T = TypeVar("T")


class CalledInsideTransaction(RuntimeError):
    """A call to a gateway, courier or mailer while a transaction is open: it would hold locks for seconds, and could
    not be taken back on a rollback."""


def durable() -> transaction.Atomic:
    """A transaction that is the outermost one: when the block ends, the work is on disk."""
    return transaction.atomic(durable=True)


def inside_transaction() -> bool:
    """Whether the code (not the test case around it) has opened a transaction."""
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def forbid_in_transaction(what: str) -> None:
    """Call first in everything that talks to the outside. Raises CalledInsideTransaction."""
    if inside_transaction():
        raise CalledInsideTransaction(what)


def lock_in_order(queryset: models.QuerySet[M]) -> list[M]:
    """Lock rows by primary key ascending, so that two transactions never wait for each other."""
    return list(queryset.order_by("pk").select_for_update(of=("self",)))


def settled_at() -> datetime:
    """Up to when all changes can be seen: a transaction that is still open may bring older ones than now. Ask before
    changes, and for changes since then the next time. Sees the transactions of this database role."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLED)
        return cursor.fetchone()[0]


def advisory_key(name: str) -> int:
    """A 64-bit number for PostgreSQL's advisory locks."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


@contextlib.contextmanager
def try_advisory_lock(name: str) -> Iterator[bool]:
    """Hold a session lock while the block runs; yields False when another session has it. Freed if the process dies."""
    key = advisory_key(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def in_chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    chunk: list[T] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
