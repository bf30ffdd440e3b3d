"""CPU and wall time of each work, in batches that take turns with the bare views: what slows the machine, slows both."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.client import Connection, drive
from bench.server import Server
from bench.works import Work, bare_works

CONNECTIONS = 2
WARM_UP = 5
LEAST_UNITS = 5


@dataclass(frozen=True)
class Bounds:
    """How much is measured: rounds of batches, units of a batch, seconds that a batch may take."""

    rounds: int = 5
    units: int = 150
    seconds: float = 20.0


@dataclass
class Readings:
    """Of one work: milliseconds of CPU per unit by round, seconds of wall by unit."""

    cpu: list[float] = field(default_factory=list)
    database_cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measure(server: Server, works: Sequence[Work], bounds: Bounds) -> dict[str, Readings]:
    """Readings by the work's name, the bare views among them."""
    connections = [Connection(server.port) for _ in range(CONNECTIONS)]
    readings: dict[str, Readings] = defaultdict(Readings)
    everything = [*bare_works().values(), *works]
    for work in everything:
        _batch(server, connections, work, WARM_UP, bounds.seconds)
    for _ in range(bounds.rounds):
        for work in everything:
            units = max(LEAST_UNITS, round(bounds.units * work.share))
            _add(readings[work.name], _batch(server, connections, work, units, bounds.seconds))
    return dict(readings)


def _batch(
    server: Server, connections: Sequence[Connection], work: Work, units: int, seconds: float
) -> Readings:  # fmt: skip
    prepared = [work.prepare(connections[0]) for _ in range(units)]
    deadline = time.monotonic() + seconds
    before, database_before = server.cpu(), server.database_cpu()
    driven = drive(connections, [lambda c, p=one: work.do(c, p) for one in prepared], deadline)
    done = max(len(driven.seconds), 1)
    cpu = (server.cpu() - before) * 1000 / done
    return Readings([cpu], [(server.database_cpu() - database_before) * 1000 / done], driven.seconds, driven.errors)


def _add(total: Readings, batch: Readings) -> None:
    for name in ("cpu", "database_cpu", "wall", "errors"):
        getattr(total, name).extend(getattr(batch, name))


def row_of(work: Work, readings: dict[str, Readings], queries: int | None) -> dict:
    """What the report tells of a work. The ratio is the median of the rounds' own ratios."""
    found, bare = readings[work.name], readings[bare_works()[work.base].name]
    ratio = round(statistics.median(mine / base for mine, base in zip(found.cpu, bare.cpu, strict=True) if base), 2)
    wall = sorted(found.wall) or [0.0]
    return {
        "name": work.name,
        "cpu_ms": round(statistics.median(found.cpu), 3),
        "database_cpu_ms": round(statistics.median(found.database_cpu), 3),
        "p50_ms": round(wall[len(wall) // 2] * 1000, 2),
        "p95_ms": round(wall[int(len(wall) * 0.95)] * 1000, 2),
        "queries": queries,
        "base": work.base,
        "ratio": ratio,
        "most_ratio": work.most,
        "most_queries": work.queries,
        "units": len(found.wall),
        "errors": found.errors[:3],
        "reached": _reached(work, ratio, queries, found.errors),
    }


def _reached(work: Work, ratio: float, queries: int | None, errors: Sequence[str]) -> bool | None:
    """None where nothing was asked for."""
    if errors:
        return False
    if work.most is None and work.queries is None:
        return None
    return (work.most is None or ratio <= work.most) and (
        work.queries is None or queries is None or queries <= work.queries
    )
