"""What has to be done before the demo shop can be served. Each step looks first, so that a later start costs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare_shop(say: Callable[[str], object]) -> None:
    """Bring database, static files and demo data to the state that this code expects."""
    if migrations_wait():
        say("Setting up the database …")
        call_command("migrate", verbosity=0)
    if static_files_changed():
        say("Collecting static files …")
        collect_static_files()
    call_command("give_demo_password")
    if shop_is_empty():
        say("Stocking the demo shop …")
        call_command("seed_demo")


def migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def shop_is_empty() -> bool:
    """Orders come last in a seed: one that was cut short is taken up again."""
    return not apps.get_model("order", "Order").objects.exists()


def static_files_changed() -> bool:
    return not _stamp().exists() or _stamp().read_text() != _fingerprint()


def collect_static_files() -> None:
    fingerprint = _fingerprint()
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    _stamp().write_text(fingerprint)


def _stamp() -> Path:
    return settings.STATIC_ROOT / ".fingerprint"


def _fingerprint() -> str:
    """Changes with the name, size or time of any static file of the shop or its libraries."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path))
            digest.update(f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()
