"""How long a hot SKU's row is locked: that, not the work around it, bounds orders per second where there are cores enough.

Measured in one process without rivals, orders and bare transactions in turn: from the moment in which the statement
that locks the row is sent until the database has answered COMMIT (so a little more than the lock is held, for both).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

from bench.works import ORDER, Talker, fill_one

TIMES = 150
BARE_TABLES = ("CREATE TABLE bench_stock (id int PRIMARY KEY, available int CHECK (available >= 0))",
               "CREATE TABLE bench_sale (id bigserial PRIMARY KEY, stock_id int, at timestamptz)",
               "INSERT INTO bench_stock VALUES (1, 1000000)")  # fmt: skip
LOCKING = "WITH wanted AS"  # of `catalog.inventory.services.reserve`
TAKE = "UPDATE bench_stock SET available = available - 1 WHERE id = 1 AND available >= 1"


def hold_times(talker: Talker, wanted: Mapping[str, int]) -> dict[str, float]:
    """Medians in milliseconds, and the share of the bare transaction's pace that an order's lock leaves possible."""
    orders, bare = [], []
    with _bare_tables() as take_one:
        for _ in range(TIMES):
            token = fill_one(talker, wanted)
            orders.append(_watch(lambda token=token: _buy(talker, token)))
            bare.append(take_one())
    order, least = statistics.median(orders), statistics.median(bare)
    return {"order_ms": round(order * 1000, 2), "bare_ms": round(least * 1000, 2), "share": round(least / order, 2)}


def _buy(talker: Talker, token: str) -> None:
    talker.call("POST", "/api/order/", headers={"X-Cart-Token": token}, body=ORDER, expect=201)


def _watch(act: Callable[[], Any]) -> float:
    """Seconds between the locking statement and the answer to COMMIT."""
    moments: dict[str, float] = {}

    def watch(execute, sql, params, many, context):
        if LOCKING in sql:
            moments["locked"] = time.perf_counter()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch), _commits_noted(moments):
        act()
    return moments["committed"] - moments["locked"]


@contextmanager
def _commits_noted(moments: dict[str, float]) -> Iterator[None]:
    """The first commit after the lock is the one that frees it."""
    real = connection._commit

    def commit() -> None:
        real()
        if "locked" in moments:
            moments.setdefault("committed", time.perf_counter())

    connection._commit = commit  # type: ignore[method-assign]
    try:
        yield
    finally:
        del connection._commit


@contextmanager
def _bare_tables() -> Iterator[Callable[[], float]]:
    """Yields a function that takes one unit with the least that a driver can do; it answers how long it held the row."""
    connection.ensure_connection()
    raw = connection.Database.connect(**connection.get_connection_params())
    cursor = raw.cursor()
    for statement in ("DROP TABLE IF EXISTS bench_sale, bench_stock", *BARE_TABLES):
        cursor.execute(statement)
    raw.commit()

    def take_one() -> float:
        locked = time.perf_counter()
        cursor.execute(TAKE)
        cursor.execute("INSERT INTO bench_sale (stock_id, at) VALUES (1, now())")
        raw.commit()
        return time.perf_counter() - locked

    yield take_one
    cursor.execute("DROP TABLE bench_sale, bench_stock")
    raw.commit()
    raw.close()
