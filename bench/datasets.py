"""The catalogues that are measured: built once, then kept in the bench's own PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from shop.core.embedded_postgres import Cluster, lease

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("BENCH_DIR") or ROOT / ".cache" / "bench")


def name_of(products: int) -> str:
    return f"bench_{products}"


@contextlib.contextmanager
def postgres() -> Iterator[Cluster]:
    """As durable as in `make run`: nothing is switched off to look faster."""
    from shop.database import EMBEDDED_OPTIONS

    cluster = Cluster(FOLDER / "postgres", EMBEDDED_OPTIONS)
    with lease(cluster):
        yield cluster


def ensure_dataset(cluster: Cluster, products: int) -> None:
    """Build it under another name first, so that one that was cut short is never taken for whole."""
    name, building = name_of(products), f"building_{products}"
    if _exists(cluster, name):
        manage(name, "migrate", "--verbosity", "0")
        return
    if not _exists(cluster, building):
        _execute(cluster, f'CREATE DATABASE "{building}"')
    print(f"Building a catalogue of {products} products (once) …", flush=True)
    manage(building, "migrate", "--verbosity", "0")
    manage(building, "seed_scale", "--products", str(products))
    _execute(cluster, f'ALTER DATABASE "{building}" RENAME TO "{name}"')


def collect_static(database: str) -> None:
    manage(database, "collectstatic", "--noinput", "--verbosity", "0")


def manage(database: str, *arguments: str) -> None:
    """Run a management command of the shop on a database of the bench."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env=environment(database))


def environment(database: str) -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings", "BENCH_DATABASE": database}


def _exists(cluster: Cluster, name: str) -> bool:
    return bool(_execute(cluster, "SELECT 1 FROM pg_database WHERE datname = %s", name))


def _execute(cluster: Cluster, statement: str, *parameters: str) -> list:
    connection = psycopg2.connect(**cluster.dsn())
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []
