"""Stripe for tests: the emulator as a process of its own, one account per test, reached through the real SDK.

from tests.stripe import stripe, stripe_process  # noqa: F401  (in a conftest.py)
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from stripe import WebhookSignature

from tests.gateways import NOWHERE, Gateway, open_account, running_emulator

HOOK_SECRETS = ["whsec_emu_fake_01", "whsec_emu_fake_02"]
PREFIX = "cs_test_"
_numbers = itertools.count(1)


@dataclass
class StripeEmulator(Gateway):
    secret_key: str

    code = "stripe"
    account_field = "account"
    secrets_setting = "STRIPE_WEBHOOK_SECRETS"
    hook_secrets = HOOK_SECRETS
    create = "/v1/checkout/sessions"
    order = r"/checkout/sessions/cs_\w+$"
    payment = r"/checkout/sessions$"  # a payment is found through its session
    refund = "/v1/refunds$"
    key_header = "idempotency-key"
    events = {
        "authorized": ("payment_intent.amount_capturable_updated",),
        "captured": ("payment_intent.succeeded",),
        "failed": ("payment_intent.payment_failed",),
        "refund.done": ("refund.updated",),
    }
    lies_about_order = {
        "amount": {"amount_total": 1},
        "currency": {"currency": "usd"},
        "receipt": {"client_reference_id": "other"},
        "id": {"id": "cs_test_../../x"},
        "unpaid": {"payment_status": "unpaid"},
    }
    lies_about_payment = [{"data": []}]
    nonsense = [
        (r"/checkout/sessions/cs_\w+$", {"id": PREFIX + "x" * 58}),
        (r"/checkout/sessions/cs_\w+$", {"amount_total": "129900"}),
        (r"/checkout/sessions/cs_\w+$", {"status": "new"}),
        (r"/checkout/sessions$", {"data": None}),
    ]
    unknown_ids = {"payment_intent": "pi_" + "x" * 24, "session_id": PREFIX + "x" * 58}
    authorization_lasts = 7 * 86_400
    refund_takes = 5 * 86_400

    def returned(self, back: dict) -> dict[str, str]:
        return {
            "payment_id": back.get("payment_intent", ""), "order_id": back.get("session_id"), "signature": ""
        }  # fmt: skip

    def sign(self, body: str, secret: str | None = None) -> dict[str, str]:
        header = WebhookSignature.generate_signature_header(body, secret or HOOK_SECRETS[0])
        return {"Stripe-Signature": header}

    def message(self, event: str) -> str:
        entity = {"object": "x", "id": "y_1"}
        return json.dumps(
            {"id": "evt_1", "object": "event", "type": event, "livemode": False, "data": {"object": entity}}
        )

    def claim_captured(self, body: str) -> str:
        message = json.loads(body)
        message["data"]["object"] |= {"status": "succeeded", "amount_received": 129_900}
        return json.dumps(message)

    def capture_elsewhere(self, back: dict) -> None:
        self.control("POST", "dashboard/capture", {"payment_id": back["payment_intent"]})


@pytest.fixture(scope="session")
def stripe_process() -> Iterator[str]:
    with running_emulator("emulators.stripe") as url:
        yield url


@pytest.fixture
def stripe(stripe_process, settings) -> Iterator[StripeEmulator]:
    """A fresh account, and settings that point the shop to it. Messages are kept back; `hooks()` reads them."""
    number = next(_numbers)
    emulator = StripeEmulator(stripe_process, f"acct_{number:014d}", f"sk_test_{number:024d}")
    open_account(stripe_process, {"account": emulator.account, "secret_key": emulator.secret_key})
    emulator.control("POST", "webhooks/mode", {"mode": "hold"})
    emulator.send_hooks_to(NOWHERE)
    settings.STRIPE_API_URL, settings.STRIPE_SECRET_KEY = stripe_process, emulator.secret_key
    settings.STRIPE_WEBHOOK_SECRETS = list(HOOK_SECRETS)
    yield emulator
    requests.delete(f"{stripe_process}/_emu/accounts/{emulator.account}", timeout=10)
