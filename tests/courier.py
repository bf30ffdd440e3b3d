"""The courier's emulator as a process of its own. Its messages are handed to the shop by the test."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests

from tests.core.children import ROOT

KEY, SECRET = "courier_key_01", "courier_hook_secret_01"


@dataclass
class Courier:
    url: str

    def _post(self, path: str, **data) -> dict:
        answer = requests.post(f"{self.url}/_emu/{path}", json=data, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def move(self, tracking_number: str, status: str, **news) -> tuple[bytes, dict[str, str]]:
        """What the courier would send: body and headers."""
        said = self._post(f"shipments/{tracking_number}/move", status=status, **news)
        return said["body"].encode(), {"X-Courier-Signature": said["signature"]}

    def faults(self, *answers) -> None:
        self._post("faults", answers=list(answers))

    def shipments(self) -> list[dict]:
        return requests.get(f"{self.url}/_emu/shipments", timeout=10).json()["items"]


@pytest.fixture(scope="session")
def courier_process() -> Iterator[str]:
    """The address of a running emulator."""
    command = [sys.executable, "-m", "emulators.courier", "--key", KEY, "--webhook-secret", SECRET]
    process = subprocess.Popen(
        [*command, "--until-stdin-closes"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield json.loads(process.stdout.readline())["url"]
    process.stdin.close()
    process.wait(timeout=10)


@pytest.fixture
def courier(courier_process, settings) -> Courier:
    """Without shipments, and settings that point the shop to it."""
    emulator = Courier(courier_process)
    emulator._post("reset")
    settings.COURIER_API_URL, settings.COURIER_API_KEY = courier_process, KEY
    settings.COURIER_WEBHOOK_SECRETS, settings.COURIER_NAME = ["newer_secret", SECRET], "Emu Express"
    return emulator
