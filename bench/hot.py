"""Everybody orders one thing at once: how near orders come to the least that a database can do for it.

The bare transaction takes a unit of the same stock row and writes one row, from as many connections: all that it waits
for is the lock and the commit. An order waits for the same lock, and does everything else besides.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import psycopg2

from bench.client import Connection, Unexpected
from bench.works import ORDER, fill_one
from shop.core.embedded_postgres import Cluster

BUYERS, SECONDS, MOST_ORDERS = 8, 6.0, 600
TAKE = "UPDATE bench_stock SET available = available - 1 WHERE id = 1 AND available >= 1"


def hot_sku(cluster: Cluster, database: str, port: int, wanted: Mapping[str, int]) -> dict[str, Any]:
    """Orders and bare transactions per second on one row."""
    bare = _bare(cluster, database)
    orders = _orders(port, wanted)
    return {"buyers": BUYERS, "orders_per_second": round(orders, 1), "bare_per_second": round(bare, 1),
            "share": round(orders / bare, 3)}  # fmt: skip


def _orders(port: int, wanted: Mapping[str, int]) -> float:
    connections = [Connection(port) for _ in range(BUYERS)]
    carts = [fill_one(connections[0], wanted) for _ in range(MOST_ORDERS)]
    waiting = iter(carts)

    def order(number: int) -> bool:
        token = next(waiting, None)
        if token is None:
            return False
        connections[number].call("POST", "/api/order/", headers={"X-Cart-Token": token}, body=ORDER, expect=201)
        return True

    return _per_second(order)


def _bare(cluster: Cluster, database: str) -> float:
    connections = [psycopg2.connect(**cluster.dsn(database)) for _ in range(BUYERS)]
    with connections[0], connections[0].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_sale; DROP TABLE IF EXISTS bench_stock")
        cursor.execute("CREATE TABLE bench_stock (id int PRIMARY KEY, available int CHECK (available >= 0))")
        cursor.execute("CREATE TABLE bench_sale (id bigserial PRIMARY KEY, stock_id int, at timestamptz)")
        cursor.execute("INSERT INTO bench_stock VALUES (1, 100000000)")

    def sell(number: int) -> bool:
        with connections[number], connections[number].cursor() as cursor:
            cursor.execute(TAKE)
            cursor.execute("INSERT INTO bench_sale (stock_id, at) VALUES (1, now())")
        return True

    rate = _per_second(sell)
    with connections[0], connections[0].cursor() as cursor:
        cursor.execute("DROP TABLE bench_sale; DROP TABLE bench_stock")
    for connection in connections:
        connection.close()
    return rate


def _per_second(act: Callable[[int], bool]) -> float:
    """How often all buyers together got it done; `act` says False when there is nothing left to do."""
    done, begun = [0] * BUYERS, time.monotonic()
    errors: list[str] = []

    def run(number: int) -> None:
        try:
            while time.monotonic() < begun + SECONDS and act(number):
                done[number] += 1
        except (OSError, Unexpected, psycopg2.Error) as error:
            errors.append(str(error))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(BUYERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise RuntimeError(errors[0])
    return sum(done) / (time.monotonic() - begun)
