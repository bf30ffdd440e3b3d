"""Razorpay for tests: the emulator as a process of its own, one account per test, reached through the real SDK.

from tests.razorpay import razorpay, razorpay_process  # noqa: F401  (in a conftest.py)
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).resolve().parents[1]
HOOK_SECRETS = ["emu_hook_secret_01", "emu_hook_secret_02"]
NOWHERE = "http://127.0.0.1:9/hook"
_numbers = itertools.count(1)


@dataclass
class Emulator:
    """One account, seen by the customer, the bank and the network. The shop sees it through its settings."""

    url: str
    key_id: str
    key_secret: str

    def control(self, method: str, path: str, data: dict | None = None) -> Any:
        answer = requests.request(
            method, f"{self.url}/_emu/{path}", params={"key_id": self.key_id}, json=data, timeout=60
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def pay(self, order_id: str, outcome: str = "success", **data) -> dict:
        """What the checkout gives to the page: the three fields, or `error`, or `pending`."""
        return self.control("POST", f"orders/{order_id}/pay", {"outcome": outcome, **data})

    def fault(self, path: str, *, action: dict, method: str = "GET", phase: str = "before", **data) -> None:
        match = {"method": method, "path_regex": path} | data.pop("match", {})
        self.control("POST", "faults", {"match": match, "phase": phase, "action": action, **data})

    def heal(self) -> None:
        self.control("DELETE", "faults")

    def switch(self, **switches) -> None:
        self.control("PATCH", f"accounts/{self.key_id}", {"switches": switches})

    def send_hooks_to(self, url: str) -> None:
        endpoints = [{"url": url, "secret": HOOK_SECRETS[0]}]
        self.control("PATCH", f"accounts/{self.key_id}", {"webhooks": endpoints})

    def hooks(self, *events: str) -> list[dict]:
        """Messages so far, `{id, event, headers, body}`, oldest first; only of these events if any are named."""
        items = self.control("GET", "webhooks")["items"]
        return [item for item in items if not events or item["event"] in events]

    def idle(self) -> list[dict]:
        """The same once everything due has been sent."""
        answer = requests.get(f"{self.url}/_emu/webhooks", params={"key_id": self.key_id, "idle": 1}, timeout=60)
        return answer.json()["items"]

    def advance(self, seconds: float) -> None:
        self.control("POST", "clock", {"advance": seconds})

    def calls(self, method: str, path_end: str = "") -> list[dict]:
        items = self.control("GET", "log")["items"]
        return [item for item in items if item["method"] == method and item["path"].endswith(path_end)]

    def ledger(self) -> dict:
        """`{captured, refunded, …}` over all orders; fails when the emulator's own books do not agree."""
        ledger = self.control("GET", "ledger")
        assert ledger["problems"] == []
        return ledger


@pytest.fixture(scope="session")
def razorpay_process() -> Iterator[str]:
    """The address of a running emulator."""
    command = [sys.executable, "-m", "emulators.razorpay", "--seed", "shop", "--until-stdin-closes"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield json.loads(process.stdout.readline())["url"]
    process.stdin.close()
    process.wait(timeout=10)


@pytest.fixture
def razorpay(razorpay_process, settings) -> Iterator[Emulator]:
    """A fresh account, and settings that point the shop to it. Messages are kept back; `hooks()` reads them."""
    key_id = f"rzp_test_{next(_numbers):014d}"
    emulator = Emulator(razorpay_process, key_id, f"secret_of_{key_id}")
    account = {"key_id": key_id, "key_secret": emulator.key_secret}
    answer = requests.post(f"{razorpay_process}/_emu/accounts", json=account, timeout=10)
    assert answer.status_code == 200, answer.text
    emulator.control("POST", "webhooks/mode", {"mode": "hold"})
    emulator.send_hooks_to(NOWHERE)
    settings.RAZORPAY_API_URL = razorpay_process
    settings.RAZORPAY_CHECKOUT_JS_URL = f"{razorpay_process}/v1/checkout.js"
    settings.RAZORPAY_KEY_ID, settings.RAZORPAY_KEY_SECRET = key_id, emulator.key_secret
    settings.RAZORPAY_WEBHOOK_SECRETS = list(HOOK_SECRETS)
    yield emulator
    requests.delete(f"{razorpay_process}/_emu/accounts/{key_id}", timeout=10)
