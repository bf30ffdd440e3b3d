"""The database that this process uses: the operator's (`DATABASE_URL`), or the shop's own under DATA_DIR."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

import psycopg2
from django.conf import settings

from shop.core.embedded_postgres import Cluster, PostgresUnavailable, ensure_running, lease

logger = logging.getLogger(__name__)

# A shop of one machine: enough for its catalogue in memory, durable as PostgreSQL ships it.
EMBEDDED_OPTIONS = (
    "shared_buffers=128MB",
    "work_mem=16MB",
    "max_connections=100",
    "jit=off",
    "random_page_cost=1.1",
)


@contextlib.contextmanager
def running() -> Iterator[None]:
    """Keep the embedded cluster up while the block runs; nothing to do with a DATABASE_URL."""
    if not settings.EMBEDDED_POSTGRES:
        yield
        return
    cluster = embedded_cluster()
    with lease(cluster):
        create_database(cluster, settings.DATABASES["default"]["NAME"])
        yield


def keep_running() -> None:
    """Start the embedded cluster again if it died. Says so when it does not start, and leaves it to the next call."""
    if not settings.EMBEDDED_POSTGRES:
        return
    try:
        ensure_running(embedded_cluster())
    except PostgresUnavailable:
        logger.exception("PostgreSQL is down")


def embedded_cluster() -> Cluster:
    return Cluster(settings.DATA_DIR / "postgres", EMBEDDED_OPTIONS)


def create_database(cluster: Cluster, name: str) -> None:
    """Create the database unless it is there."""
    ensure_running(cluster)
    connection = psycopg2.connect(**cluster.dsn())
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}"')
