"""Real servers for the tests: PostgreSQL and Redis (Valkey), started here from wheels unless TEST_*_URL name others.

Migrations run once per state of the migration files, into a template database; every session and every race test
gets a copy of it, which takes a fraction of a second.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg2
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.utils import translation

from checkout.payment.providers import breaker
from shop.core.embedded_postgres import THROWAWAY, Cluster, ensure_running
from shop.core.tasks import runner
from tests.browser import chromium  # noqa: F401
from tests.could_not_run import pytest_runtest_logreport, pytest_sessionfinish, pytest_terminal_summary  # noqa: F401
from tests.guards import _hold_events_to_their_schemas, _refuse_outside_calls_in_transactions  # noqa: F401
from tests.kafka import kafka_server, own_broker  # noqa: F401
from tests.noon import noon  # noqa: F401
from tests.redis import redis_server, redis_url  # noqa: F401
from tests.serving import served_shop, transactional_db  # noqa: F401

# Playwright keeps an event loop in the thread of the tests; without this Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The same examples each time, however slow the machine: of itself, one that takes 0.2 seconds is a failure.
hypothesis.settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]
CACHE = Path(os.environ.get("TEST_CACHE_DIR") or ROOT / ".cache" / "tests")
CLUSTER = Cluster(CACHE / "postgres", (*THROWAWAY, "max_connections=200", "shared_buffers=128MB", "jit=off"))


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if (mark := item.get_closest_marker("django_db")) and mark.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.nodeid} would empty what migrations have filled: use own_database")


def _point_django_at(name: str) -> None:
    connections["default"].close()
    for holder in (connections["default"].settings_dict, settings.DATABASES["default"]):
        holder["NAME"] = name
        if "TEST_DATABASE_URL" not in os.environ:
            holder.update(HOST=str(CLUSTER.socket), USER="postgres")


def _server() -> dict:
    if "TEST_DATABASE_URL" not in os.environ:
        ensure_running(CLUSTER)
        return CLUSTER.dsn()
    theirs = settings.DATABASES["default"]
    return {"host": theirs["HOST"], "port": theirs["PORT"] or 5432, "user": theirs["USER"],
            "password": theirs["PASSWORD"], "dbname": "postgres"}  # fmt: skip


def _execute(statement: str) -> list:
    connection = psycopg2.connect(**_server())
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _template_name() -> str:
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/**/migrations/*.py")):
        if ".venv" not in path.parts:
            digest.update(path.read_bytes())
    digest.update((ROOT / "requirements.lock").read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _ensure_template(blocker) -> str:
    name = _template_name()
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "template.lock").open("a") as lock, blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
            building = f"building_{uuid.uuid4().hex[:12]}"
            _execute(f'CREATE DATABASE "{building}"')
            _point_django_at(building)
            call_command("migrate", verbosity=0)
            connections["default"].close()
            _execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


@contextlib.contextmanager
def _copy_of(template: str, prefix: str) -> Iterator[str]:
    name = f"{prefix}_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    _execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield name
    finally:
        connections["default"].close()
        _execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def template_database(django_db_blocker) -> str:
    return _ensure_template(django_db_blocker)


@pytest.fixture(scope="session")
def django_db_setup(template_database, django_db_blocker) -> Iterator[None]:
    """Open to tests that ask for a database only: what another one wrote would stay, and later tests would find it."""
    with _copy_of(template_database, "test") as name:
        _point_django_at(name)
        yield


@pytest.fixture
def own_database(django_db_setup, template_database, django_db_blocker) -> Iterator[str]:
    """A database of its own with real commits, for races, locks and crashes: threads open their own connections."""
    before = connections["default"].settings_dict["NAME"]
    with _copy_of(template_database, "race") as name, django_db_blocker.unblock():
        _point_django_at(name)
        ContentType.objects.clear_cache()
        try:
            yield name
        finally:
            connections.close_all()
            _point_django_at(before)
            ContentType.objects.clear_cache()


@pytest.fixture(scope="session", autouse=True)
def _own_folder(tmp_path_factory) -> None:
    """What processes of one shop tell each other by files is no matter of another worker's shop."""
    settings.DATA_DIR = tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def _rounds_to_the_end(monkeypatch) -> None:
    """Who asks for everything that is due gets it, however slow the machine; in the shop a round ends after seconds."""
    monkeypatch.setattr(runner, "ROUND_SECONDS", 3600)


@pytest.fixture(autouse=True)
def _as_new() -> Iterator[None]:
    """No test finds what an earlier one has cached, nor the language in which it asked for its last page."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    cache.clear()
    breaker.forget_all()
