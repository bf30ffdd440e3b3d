"""What a rig stands on: a PostgreSQL of its own with a stocked database to copy, and the environment of its processes."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from shop.core.embedded_postgres import Cluster, ensure_running
from tests.faults.processes import ROOT, guarding

FOLDER = Path(os.environ.get("FAULTS_DIR") or ROOT / ".cache" / "faults")
# The disk is left alone, for speed; a commit is still in the kernel's hands when it is answered, so that a killed
# server loses nothing (what these runs do to it), though a machine without power would.
OPTIONS = ("fsync=off", "full_page_writes=off", "synchronous_commit=on", "max_connections=200",
           "shared_buffers=128MB", "jit=off", "deadlock_timeout=200ms")  # fmt: skip
GATEWAY_KEY = ("rzp_test_Faults00000001", "faults-key-secret")
HOOK_SECRET = "faults-hook-secret"
STRIPE_KEY, STRIPE_HOOK_SECRET = "sk_test_Faults000000000001", "whsec_faultshooksecret"


@dataclass(frozen=True)
class Ground:
    """A running cluster, the name of its stocked database, and what stands in it."""

    cluster: Cluster
    template: str
    stock: dict[str, Any]

    @contextlib.contextmanager
    def copy(self) -> Iterator[str]:
        name = f"faults_run_{uuid.uuid4().hex[:10]}"
        execute(self.cluster, f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        try:
            yield name
        finally:
            ensure_running(self.cluster)
            execute(self.cluster, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def own_ground() -> Iterator[Ground]:
    """For `make faults`: a cluster of its own, which may be killed, and stops with the run."""
    cluster = Cluster(FOLDER / "postgres", OPTIONS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"Another run is at work in {FOLDER}. Wait for it, or name another folder in FAULTS_DIR.")
        with guarding(cluster):
            ensure_running(cluster)
            _drop_leftovers(cluster)
            yield ground_of(cluster)


def _drop_leftovers(cluster: Cluster) -> None:
    """Of a run that was killed."""
    for (name,) in execute(cluster, "SELECT datname FROM pg_database WHERE datname ~ '^(faults_run|building)_'"):
        execute(cluster, f'DROP DATABASE "{name}" WITH (FORCE)')


def ground_of(cluster: Cluster, migrated: str = "template1") -> Ground:
    """Stock a database once per state of the code that makes it; `migrated` names one that is migrated already."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = f"faults_{_digest()}"
    told = FOLDER / f"{name}-{hashlib.sha256(str(cluster.folder).encode()).hexdigest()[:8]}.json"
    with (FOLDER / "stock.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not execute(cluster, f"SELECT 1 FROM pg_database WHERE datname = '{name}'") or not told.exists():
            execute(cluster, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            _build(cluster, name, migrated, told)
    return Ground(cluster, name, json.loads(told.read_text()))


def _build(cluster: Cluster, name: str, migrated: str, told: Path) -> None:
    building = f"building_{uuid.uuid4().hex[:10]}"
    execute(cluster, f'CREATE DATABASE "{building}" TEMPLATE "{migrated}"')
    shop = environment(f"postgres://postgres@/{cluster.socket}/{building}")
    run = {"cwd": ROOT, "env": shop, "check": True, "stdout": subprocess.DEVNULL}
    if migrated == "template1":
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], **run)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], **run)
    subprocess.run([sys.executable, "-m", "tests.faults.stock", str(told)], **run)
    execute(cluster, f'ALTER DATABASE "{building}" RENAME TO "{name}"')


def environment(database_url: str, **more: str) -> dict[str, str]:
    """What a process of the shop is told. Nothing of the caller's own settings reaches it."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "shop.settings.dev",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(FOLDER / "data"),
        "RATE_LIMIT_FACTOR": "1000000",
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
        "OUTBOX_KEPT_DAYS": "36500",  # months pass here, and the oracle asks for every event
        "RAZORPAY_KEY_ID": GATEWAY_KEY[0],
        "RAZORPAY_KEY_SECRET": GATEWAY_KEY[1],
        "RAZORPAY_WEBHOOK_SECRETS": HOOK_SECRET,
        "RAZORPAY_API_URL": "http://127.0.0.1:9",
        "STRIPE_SECRET_KEY": STRIPE_KEY,
        "STRIPE_WEBHOOK_SECRETS": STRIPE_HOOK_SECRET,
        "STRIPE_API_URL": "http://127.0.0.1:9",
    } | more  # fmt: skip


def execute(cluster: Cluster, statement: str, database: str = "postgres") -> list[tuple]:
    connection = psycopg2.connect(**cluster.dsn(database))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _digest() -> str:
    digest = hashlib.sha256()
    paths = [*ROOT.glob("*/**/migrations/*.py"), *ROOT.glob("tests/factories/*.py"), ROOT / "tests/faults/stock.py"]
    for path in sorted(path for path in paths if ".venv" not in path.parts):
        digest.update(path.read_bytes())
    digest.update((ROOT / "requirements.lock").read_bytes())
    return digest.hexdigest()[:16]
