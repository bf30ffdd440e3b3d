"""`make run` as a person runs it: one process tree that opens, survives the death of its parts (O2) and closes."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import requests
from django.utils import timezone

from checkout.order.models import Order
from tests.core import children
from tests.core.test_tasks import wait_for
from tests.ports import free_port

pytestmark = [pytest.mark.postgres_race, pytest.mark.slow]
AGAIN_SECONDS = 90  # a new process imports the whole shop first


class Shop:
    def __init__(self, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "log"
        environment = os.environ | {
            "PORT": str(self.port),
            "DATA_DIR": str(folder),
            "DATABASE_URL": children.database_url(),
            "DJANGO_SETTINGS_MODULE": "shop.settings.dev",
            "DEMO_PASSWORD": "shown-to-the-person",
            "BUILD_FRONTEND": "0",
        }
        environment = {name: value for name, value in environment.items() if name != "REDIS_URL"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_shop"], cwd=children.ROOT, env=environment, stdout=log, stderr=log
            )

    def is_ready(self) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/readyz", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def said(self) -> str:
        return self.log.read_text()

    def tree(self) -> dict[str, psutil.Process]:
        """The processes by role: gateway, server (gunicorn), worker."""
        below = psutil.Process(self.process.pid).children()
        gateway = [child for child in below if "emulators.razorpay" in child.cmdline()]
        (server,) = [child for child in below if child not in gateway and child.children()]
        return {"gateway": gateway[0], "server": server, "worker": server.children()[0]}

    def close(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@pytest.fixture
def stocked(own_database) -> None:
    """One order, so that the demo is not stocked anew."""
    amounts = {"subtotal": 100, "total": 100, "tax": 0, "currency": "INR"}
    address = {"address": {}, "billing_address": {}}
    Order.objects.create(email="a@osari.example", locale="en", placed_at=timezone.now(), **amounts, **address)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Shared, so that static files are collected once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def shop(stocked, folder):
    shop = Shop(folder)
    try:
        wait_for(lambda: "is open" in shop.said() or shop.process.poll() is not None, seconds=180)
        yield shop
    finally:
        shop.process.kill()
        shop.process.wait()


def test_opens_survives_and_closes(shop):
    assert f"http://127.0.0.1:{shop.port}/" in shop.said()
    assert "shown-to-the-person" in shop.said()
    assert "no money moves" in shop.said()
    gateway = re.search(
        r"Razorpay \((http://127\.0\.0\.1:\d+)\)", shop.said()
    )  # what the quickstart of the API asks for
    assert gateway and requests.get(f"{gateway[1]}/v1/checkout.js", timeout=5).ok
    assert shop.is_ready()
    for role in ("worker", "server", "gateway"):
        killed = shop.tree()[role]
        killed.kill()
        wait_for(lambda killed=killed, role=role: is_replaced(shop, role, killed.pid), seconds=AGAIN_SECONDS)
        wait_for(shop.is_ready, seconds=AGAIN_SECONDS)
    everyone = list(shop.tree().values())
    assert shop.close() == 0
    assert psutil.wait_procs(everyone, timeout=10)[1] == []
    assert not shop.is_ready()


def is_replaced(shop: Shop, role: str, pid: int) -> bool:
    try:
        return shop.tree()[role].pid != pid
    except (psutil.Error, ValueError, IndexError):  # in between there is none
        return False


def test_nothing_outlives_a_killed_parent(shop):
    everyone = list(shop.tree().values())
    shop.process.kill()
    assert psutil.wait_procs(everyone, timeout=20)[1] == []


def test_a_taken_port_is_named(stocked, folder, monkeypatch):
    with socket.socket() as rival:
        rival.bind(("127.0.0.1", 0))
        rival.listen()
        monkeypatch.setattr(sys.modules[__name__], "free_port", lambda: rival.getsockname()[1])
        shop = Shop(folder)
        assert shop.process.wait(timeout=120) == 1
        assert (
            f"Port {shop.port} cannot be used (Address already in use). Take another: make run PORT=9000" in shop.said()
        )
