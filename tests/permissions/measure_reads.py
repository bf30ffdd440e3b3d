"""What each read of the API costs beside a bare view that reads 24 rows: CPU of the process, the test client's included.

    .venv/bin/pytest tests/permissions/measure_reads.py -n 0 -s

Not a test of the suite: figures depend on the machine, and each reads what the small world of these tests holds.
"""

from __future__ import annotations

import statistics
import sys
import time
from unittest.mock import patch

from django.test import override_settings

from bench import bare
from tests.permissions.matrix import ROLES
from tests.permissions.test_query_budget import ASKED, READS
from tests.permissions.world import OTHER, undone

TIMES = 25
BARE = "/bench/select24/"
ROWS = "SELECT g, 'A title of a product', 'a-slug', 'A summary of it', now() FROM generate_series(1, 24) AS g"


def test_measure_reads(world):
    with override_settings(ROOT_URLCONF="bench.urls", RATELIMIT_ENABLE=False), patch.object(bare, "ROWS", ROWS):
        told = [_measure(world, row) for row in READS]
    for times, route, cpu, least, role in sorted(told, reverse=True):
        sys.stdout.write(f"{times:5.1f} x  {cpu:6.2f} ms  bare {least:.2f} ms  {route} as {role}\n")


def _measure(world, row) -> tuple[float, str, float, float, str]:
    role = next(role for role in reversed(ROLES) if row.may[role] != "no")
    client = world.client(role, page=False)
    url = world.url(row.route + ASKED.get(row.path, ""), OTHER if row.may[role] == "yes" else role)
    took: dict[str, list[float]] = {url: [], BARE: []}
    with undone():
        for _ in range(TIMES):
            for address, times in took.items():
                began = time.thread_time()
                client.get(address)
                times.append(time.thread_time() - began)
    cpu, least = (statistics.median(times) * 1000 for times in took.values())
    return cpu / least, row.route, cpu, least, role
