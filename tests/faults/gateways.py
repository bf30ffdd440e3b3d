"""The gateways' own side: what only the people there can see and do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

RAZORPAY, STRIPE = "razorpay", "stripe"


@dataclass(frozen=True)
class Books:
    """One account at one gateway: its ledger, its clock, its messages to the shop."""

    url: str
    account: str
    hook_url: str
    hook_secret: str

    def control(self, method: str, path: str, data: dict | None = None, **query: Any) -> Any:
        answer = requests.request(method, f"{self.url}/_emu/{path}", params=query, json=data, timeout=60)
        assert answer.status_code == 200, f"{method} {path}: {answer.text[:300]}"
        return answer.json()

    def lose_hooks(self) -> None:
        for endpoints in ([], [{"url": self.hook_url, "secret": self.hook_secret}]):
            self.control("PATCH", f"accounts/{self.account}", {"webhooks": endpoints})
