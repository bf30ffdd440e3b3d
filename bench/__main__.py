"""`make bench`: how fast the shop is, compared to what Django can do at best. See docs/performance.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from bench.datasets import ROOT, collect_static, ensure_dataset, environment, name_of, postgres
from bench.flash import UNITS, rush
from bench.hot import MOST_ORDERS, hot_sku
from bench.measuring import CONNECTIONS, Bounds, measure, row_of
from bench.report import flash_sentence, hot_sentence, table, write_json, write_page
from bench.server import serving
from bench.works import bare_works, works
from shop.core.embedded_postgres import Cluster

DEFAULT_PRODUCTS = "1000,100000"
SERVER = "gunicorn gthread, 1 process"


def main() -> None:
    wishes = _wishes()
    bounds = Bounds(wishes.rounds, wishes.units, wishes.seconds)
    results: dict[str, Any] = {
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": _machine(),
        "server": SERVER,
        "bounds": asdict(bounds) | {"connections": CONNECTIONS},
        "datasets": {},
    }
    with postgres() as cluster:
        for products in wishes.products:
            ensure_dataset(cluster, products)
            collect_static(name_of(products))
            results["datasets"][str(products)] = bench(cluster, products, bounds)
            write_json(results, wishes.output)
    if wishes.page:
        write_page(results, wishes.page)


def bench(cluster: Cluster, products: int, bounds: Bounds) -> dict[str, Any]:
    """All works on one catalogue, then the rush."""
    database = name_of(products)
    inside = json.loads(_inside(database))
    measured = works(inside["facts"])
    with serving(cluster, database) as server:
        readings = measure(server, measured, bounds)
        _inside(database, "restock", str(UNITS))
        flash = rush(server.port, inside["facts"]["favorite"])
        _inside(database, "restock", str(MOST_ORDERS))
        hot = hot_sku(cluster, database, server.port, inside["facts"]["favorite"])
    _inside(database, "restock", str(MOST_ORDERS))
    hot["lock"] = json.loads(_inside(database, "hold"))
    rows = [row_of(work, readings, inside["queries"].get(work.name)) for work in [*bare_works().values(), *measured]]
    print(f"\n{products} products\n{table(rows)}\n{flash_sentence(flash)}\n{hot_sentence(hot)}", flush=True)
    return {"products": inside["products"], "rows": rows, "flash": flash, "hot": hot}


def _inside(database: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "bench.inside", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(database), stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip().rpartition("\n")[2]


def _machine() -> str:
    load = "/".join(f"{number:.1f}" for number in os.getloadavg())
    return f"{psutil.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, load {load}"


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    numbers = os.environ.get("BENCH_PRODUCTS", DEFAULT_PRODUCTS)
    parser.add_argument("--products", type=_numbers, default=_numbers(numbers), help="catalogues, by size")
    parser.add_argument("--rounds", type=int, default=Bounds.rounds)
    parser.add_argument("--units", type=int, default=Bounds.units, help="requests in a batch")
    parser.add_argument("--seconds", type=float, default=Bounds.seconds, help="the most that a batch may take")
    parser.add_argument("--output", type=Path, default=ROOT / "bench" / "results" / "latest.json")
    parser.add_argument("--page", type=Path, help="a Markdown page to write as well")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


if __name__ == "__main__":
    main()
