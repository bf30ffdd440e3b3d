"""The demo gateway as a process, and its customers: they pay or fail as the script of past orders says."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import requests
from django.conf import settings
from django.test import override_settings

KEY_ID = "rzp_test_DemoShop000001"


@dataclass(frozen=True)
class DemoGateway:
    url: str

    def pay(self, gateway_order_id: str, outcome: str = "success") -> dict[str, Any]:
        """What a customer does on the gateway's page; returns what the browser brings back."""
        body = {"method": "upi", "vpa": "success@razorpay", "outcome": outcome}
        answer = requests.post(f"{self.url}/_emu/orders/{gateway_order_id}/pay", json=body, timeout=10)
        return answer.json()


@contextlib.contextmanager
def running() -> Iterator[DemoGateway]:
    """The demo gateway that `make run` has started, or one for the block alone, with the settings pointing at it."""
    if settings.RAZORPAY_IS_DEMO and _answers(settings.RAZORPAY_API_URL):
        yield DemoGateway(settings.RAZORPAY_API_URL)
        return
    secret = "demo-gateway-secret"  # noqa: S105  (of a process that lives for seconds, on loopback)
    command = [sys.executable, "-m", "emulators.razorpay", "--port", "0", "--until-stdin-closes"]
    command += ["--key-id", KEY_ID, "--key-secret", secret]
    process = subprocess.Popen(  # noqa: S603
        command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        announced = process.stdout.readline() if process.stdout else ""
        url = json.loads(announced)["url"]
        with override_settings(RAZORPAY_KEY_ID=KEY_ID, RAZORPAY_KEY_SECRET=secret, RAZORPAY_API_URL=url,
                               RAZORPAY_WEBHOOK_SECRETS=["demo-gateway-webhook"]):  # fmt: skip
            yield DemoGateway(url)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/_emu/accounts", timeout=2).ok
    except requests.RequestException:
        return False
