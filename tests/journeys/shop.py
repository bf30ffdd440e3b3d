"""The whole demo shop as `make run` starts it, on a copy of the migrated database: web server, gateway, seed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2
import requests

from shop.settings import providers
from tests.oidc import CLIENT, SECRET, Provider
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "osari-journeys-7"
START_SECONDS = 240
BACKGROUND_SECONDS = 90  # until a task, a message or a periodic job has had its turn on a busy machine


@dataclass(frozen=True)
class RunningShop:
    url: str
    gateway: str
    dsn: dict[str, str]
    folder: Path
    environment: dict[str, str]
    provider: Provider  # the other service that people may sign in with

    def manage(self, *words: object) -> str:
        """Run a management command beside the shop; returns what it says."""
        command = [sys.executable, "manage.py", *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def ask(self, statement: str, *values) -> list[tuple]:
        """Read the shop's own rows, to see what a journey has done."""
        connection = psycopg2.connect(**self.dsn)
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def change(self, statement: str, *values) -> None:
        """For what no journey can do, such as letting years pass."""
        connection = psycopg2.connect(**self.dsn)
        with contextlib.closing(connection), connection, connection.cursor() as cursor:
            cursor.execute(statement, values)

    def stock(self, sku: str) -> tuple[int, int]:
        """(on hand, reserved) of a SKU."""
        return self.ask(
            "SELECT on_hand, reserved FROM inventory_stockitem i JOIN product_variant v ON v.id = i.variant_id"
            " WHERE v.sku = %s", sku,
        )[0]  # fmt: skip

    def wait_for(self, statement: str, *values, seconds: float = BACKGROUND_SECONDS) -> list[tuple]:
        """Ask until there is an answer: what the background does takes a moment."""
        deadline = time.monotonic() + seconds
        while not (rows := self.ask(statement, *values)) and time.monotonic() < deadline:
            time.sleep(0.2)
        return rows


@contextlib.contextmanager
def running_shop(dsn: dict[str, str], folder: Path, provider: Provider) -> Iterator[RunningShop]:
    port, gateway = free_port(), f"http://127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "shop.settings.dev",
        "REVIEW_FAILED_PAYMENTS": "1000",  # the same few people fail to pay in many of these stories
        "DATABASE_URL": _database_url(dsn),
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "DEMO_PASSWORD": PASSWORD,
        "RATE_LIMIT_FACTOR": "1000",
        "BUILD_FRONTEND": "0",  # tests that need the React client build it themselves
        "OIDC_PROVIDERS": "own",
        "OIDC_OWN_NAME": "Own ID",
        "OIDC_OWN_CLIENT_ID": CLIENT,
        "OIDC_OWN_CLIENT_SECRET": SECRET,
        "OIDC_OWN_SERVER": provider.address,
        # Named here, so that the tests know where the demo gateway listens; the shop starts it all the same.
        "RAZORPAY_KEY_ID": providers.modules()["razorpay"].DEMO_KEY,
        "RAZORPAY_KEY_SECRET": "journeys-key-secret",
        "RAZORPAY_WEBHOOK_SECRETS": "journeys-hook-secret",
        "RAZORPAY_API_URL": gateway,
        "RAZORPAY_CHECKOUT_JS_URL": f"{gateway}/v1/checkout.js",
    }
    environment.pop("EMAIL_URL", None)
    with (folder / "shop.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_shop"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            shop = RunningShop(f"http://127.0.0.1:{port}", gateway, dsn, folder, environment, provider)
            _wait_until_open(shop, process)
            yield shop
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _wait_until_open(shop: RunningShop, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(requests.RequestException):  # a busy machine may let a call wait too long
            if requests.get(f"{shop.url}/readyz", timeout=5).ok:
                return
        time.sleep(0.3)
    raise AssertionError(f"the shop did not open:\n{(shop.folder / 'shop.log').read_text()[-3000:]}")


def _database_url(dsn: dict[str, str]) -> str:
    """A socket folder stands where the path begins: `postgres://user@//folder/of/socket/name`."""
    secret = f":{quote(dsn['password'], safe='')}" if dsn.get("password") else ""
    if dsn["host"].startswith("/"):
        return f"postgres://{dsn['user']}{secret}@/{dsn['host']}/{dsn['dbname']}"
    return f"postgres://{dsn['user']}{secret}@{dsn['host']}:{dsn.get('port', 5432)}/{dsn['dbname']}"
