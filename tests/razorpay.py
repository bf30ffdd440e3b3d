"""Razorpay for tests: the emulator as a process of its own, one account per test, reached through the real SDK.

from tests.razorpay import razorpay, razorpay_process  # noqa: F401  (in a conftest.py)
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests

from checkout.payment.providers.razorpay.signatures import sign
from tests.gateways import NOWHERE, Gateway, open_account, running_emulator

HOOK_SECRETS = ["emu_hook_secret_01", "emu_hook_secret_02"]
_numbers = itertools.count(1)


@dataclass
class Emulator(Gateway):
    key_secret: str

    code = "razorpay"
    account_field = "key_id"
    secrets_setting = "RAZORPAY_WEBHOOK_SECRETS"
    hook_secrets = HOOK_SECRETS
    create = "/v1/orders"
    order = r"/orders/order_\w+$"
    payment = r"/payments/pay_\w+$"
    refund = "/refund$"
    key_header = "x-refund-idempotency"
    events = {
        "authorized": ("payment.authorized",),
        "captured": ("payment.captured",),
        "failed": ("payment.failed",),
        "refund.done": ("refund.processed",),
    }
    lies_about_order = {
        "amount": {"amount": 1},
        "currency": {"currency": "USD"},
        "receipt": {"receipt": "other"},
        "id": {"id": "order_../../x"},
        "unpaid": {"status": "attempted"},
    }
    lies_about_payment = [{"amount": 1}, {"currency": "USD"}, {"order_id": "order_" + "x" * 14}, {"order_id": None}]
    nonsense = [
        (payment, patch)
        for payment in [r"/payments/pay_\w+$"]
        for patch in ({"id": "pay_" + "x" * 14}, {"amount": "129900"}, {"status": "new"}, {"error": None, "id": None})
    ]
    unknown_ids = {"razorpay_payment_id": "pay_" + "x" * 14, "razorpay_order_id": "order_" + "x" * 14}
    authorization_lasts = 4320 * 60
    refund_takes = 86_400

    @property
    def key_id(self) -> str:
        return self.account

    def returned(self, back: dict) -> dict[str, str]:
        failed = (back.get("error") or back).get("metadata", back)
        return {
            "payment_id": back.get("razorpay_payment_id") or failed.get("payment_id", ""),
            "order_id": back.get("razorpay_order_id"),
            "signature": back.get("razorpay_signature", ""),
        }

    def sign(self, body: str, secret: str | None = None) -> dict[str, str]:
        return {"X-Razorpay-Signature": sign(body.encode(), secret or HOOK_SECRETS[0])}

    def message(self, event: str) -> str:
        return json.dumps({"entity": "event", "event": event, "payload": {"x": {"entity": {"id": "y_1"}}}})

    def claim_captured(self, body: str) -> str:
        message = json.loads(body)
        message["payload"]["payment"]["entity"] |= {"status": "captured", "captured": True}
        return json.dumps(message)

    def capture_elsewhere(self, back: dict) -> None:
        self.advance(61)


@pytest.fixture(scope="session")
def razorpay_process() -> Iterator[str]:
    with running_emulator("emulators.razorpay") as url:
        yield url


@pytest.fixture
def razorpay(razorpay_process, settings) -> Iterator[Emulator]:
    """A fresh account, and settings that point the shop to it. Messages are kept back; `hooks()` reads them."""
    key_id = f"rzp_test_{next(_numbers):014d}"
    emulator = Emulator(razorpay_process, key_id, f"secret_of_{key_id}")
    open_account(razorpay_process, {"key_id": key_id, "key_secret": emulator.key_secret})
    emulator.control("POST", "webhooks/mode", {"mode": "hold"})
    emulator.send_hooks_to(NOWHERE)
    settings.RAZORPAY_API_URL = razorpay_process
    settings.RAZORPAY_CHECKOUT_JS_URL = f"{razorpay_process}/v1/checkout.js"
    settings.RAZORPAY_KEY_ID, settings.RAZORPAY_KEY_SECRET = key_id, emulator.key_secret
    settings.RAZORPAY_WEBHOOK_SECRETS = list(HOOK_SECRETS)
    yield emulator
    requests.delete(f"{razorpay_process}/_emu/accounts/{key_id}", timeout=10)
