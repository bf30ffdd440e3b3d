"""What the emulated gateways have in common for tests: the customer, the bank, the network, and the books."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import requests

ROOT = Path(__file__).resolve().parents[1]
NOWHERE = "http://127.0.0.1:9/hook"


@dataclass
class Gateway:
    """One account of an emulator, reached by the shop through its settings and the real SDK.

    Class attributes say where this gateway differs: addresses (regular expressions), names of events, lies that its
    answers can tell, and how long things take there.
    """

    url: str
    account: str

    code: ClassVar[str]
    account_field: ClassVar[str]
    secrets_setting: ClassVar[str]
    hook_secrets: ClassVar[list[str]]
    create: ClassVar[str]  # also the list of orders
    order: ClassVar[str]
    payment: ClassVar[str]
    refund: ClassVar[str]
    key_header: ClassVar[str]
    events: ClassVar[dict[str, tuple[str, ...]]]
    lies_about_order: ClassVar[dict[str, dict]]
    lies_about_payment: ClassVar[list[dict]]
    nonsense: ClassVar[list[tuple[str, dict]]]  # where, and what
    unknown_ids: ClassVar[dict[str, str]]  # well made, of nothing
    authorization_lasts: ClassVar[int]
    refund_takes: ClassVar[int]

    def control(self, method: str, path: str, data: dict | None = None) -> Any:
        answer = requests.request(
            method, f"{self.url}/_emu/{path}", params={self.account_field: self.account}, json=data, timeout=60
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def pay(self, order_id: str, outcome: str = "success", **data) -> dict:
        """What the checkout gives to the browser, or `error`, or `pending`. `order_id` as the shop stores it."""
        return self.control("POST", f"orders/{order_id}/pay", {"outcome": outcome, **data})

    def returned(self, back: dict) -> dict[str, str]:
        """`payment_id`, `order_id` and `signature` of what `pay` gave, for `confirm_payment`."""
        raise NotImplementedError

    def sign(self, body: str, secret: str | None = None) -> dict[str, str]:
        raise NotImplementedError

    def message(self, event: str) -> str:
        """The body of an event about nothing that the shop knows."""
        raise NotImplementedError

    def claim_captured(self, body: str) -> str:
        """The same message, with a payment that says of itself that it is captured."""
        raise NotImplementedError

    def capture_elsewhere(self, back: dict) -> None:
        """An authorized payment is captured without us."""
        raise NotImplementedError

    def fault(self, path: str, *, action: dict, method: str = "GET", phase: str = "before", **data) -> None:
        match = {"method": method, "path_regex": path} | data.pop("match", {})
        self.control("POST", "faults", {"match": match, "phase": phase, "action": action, **data})

    def heal(self) -> None:
        self.control("DELETE", "faults")

    def switch(self, **switches) -> None:
        self.control("PATCH", f"accounts/{self.account}", {"switches": switches})

    def send_hooks_to(self, url: str) -> None:
        endpoints = [{"url": url, "secret": self.hook_secrets[0]}]
        self.control("PATCH", f"accounts/{self.account}", {"webhooks": endpoints})

    def hooks(self, *events: str) -> list[dict]:
        """Messages so far, `{id, event, headers, body, provider}`, oldest first; only of these events if any are named.

        An event may be named as the gateway does, or as the keys of `events` do.
        """
        wanted = {name for event in events for name in self.events.get(event, (event,))}
        items = self.control("GET", "webhooks")["items"]
        return [item | {"provider": self.code} for item in items if not events or item["event"] in wanted]

    def idle(self) -> list[dict]:
        """The same once everything due has been sent."""
        answer = requests.get(
            f"{self.url}/_emu/webhooks", params={self.account_field: self.account, "idle": 1}, timeout=60
        )
        return answer.json()["items"]

    def advance(self, seconds: float) -> None:
        self.control("POST", "clock", {"advance": seconds})

    def calls(self, method: str, path_end: str = "") -> list[dict]:
        items = self.control("GET", "log")["items"]
        return [item for item in items if item["method"] == method and item["path"].endswith(path_end)]

    def refund_calls(self) -> list[dict]:
        return self.calls("POST", self.refund.rstrip("$"))

    def ledger(self) -> dict:
        """`{captured, refunded, …}` over all orders; fails when the emulator's own books do not agree."""
        ledger = self.control("GET", "ledger")
        assert ledger["problems"] == []
        return ledger


@contextmanager
def running_emulator(package: str) -> Iterator[str]:
    """The address of an emulator that runs for the block."""
    command = [sys.executable, "-m", package, "--seed", "shop", "--until-stdin-closes"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield json.loads(process.stdout.readline())["url"]
    process.stdin.close()
    process.wait(timeout=10)


def open_account(url: str, data: dict) -> None:
    answer = requests.post(f"{url}/_emu/accounts", json=data, timeout=10)
    assert answer.status_code == 200, answer.text
