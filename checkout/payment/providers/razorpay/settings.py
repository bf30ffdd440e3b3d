"""Razorpay's part of the settings. Loaded by its path while the settings are being made: no Django, nothing of ours."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

KEY = "RAZORPAY_KEY_ID"
DEMO_KEY = "rzp_test_DemoShop000001"
EMULATOR = "emulators.razorpay"
CHECKOUT_JS = "https://checkout.razorpay.com/v1/checkout.js"


def read(env) -> dict[str, Any]:
    return {
        "RAZORPAY_KEY_ID": env.str("RAZORPAY_KEY_ID", default=""),
        "RAZORPAY_KEY_SECRET": env.str("RAZORPAY_KEY_SECRET", default=""),
        # For the day after a key was rolled.
        "RAZORPAY_FORMER_KEY_SECRET": env.str("RAZORPAY_FORMER_KEY_SECRET", default=""),
        "RAZORPAY_WEBHOOK_SECRETS": env.list("RAZORPAY_WEBHOOK_SECRETS", default=[]),
        # Others than rupees only where Razorpay has allowed the account to take international payments.
        "RAZORPAY_CURRENCIES": env.list("RAZORPAY_CURRENCIES", default=["INR"]),
        # acc_…: messages of another account are refused.
        "RAZORPAY_ACCOUNT_ID": env.str("RAZORPAY_ACCOUNT_ID", default=""),
        "RAZORPAY_API_URL": env.str("RAZORPAY_API_URL", default="https://api.razorpay.com").rstrip("/"),
        "RAZORPAY_CHECKOUT_JS_URL": env.str("RAZORPAY_CHECKOUT_JS_URL", default=CHECKOUT_JS),
        "RAZORPAY_IS_DEMO": env.str("RAZORPAY_KEY_ID", default="") == DEMO_KEY,
    }


def demo(url: str) -> dict[str, str]:
    """The environment that names an emulator at this address."""
    return {
        "RAZORPAY_KEY_ID": DEMO_KEY,
        "RAZORPAY_KEY_SECRET": secrets.token_hex(16),
        "RAZORPAY_WEBHOOK_SECRETS": secrets.token_hex(16),
        "RAZORPAY_API_URL": url,
        "RAZORPAY_CHECKOUT_JS_URL": f"{url}/v1/checkout.js",
    }


def emulator_arguments(settings: Any) -> list[str]:
    keys = ["--key-id", settings.RAZORPAY_KEY_ID, "--key-secret", settings.RAZORPAY_KEY_SECRET]
    return [*keys, "--webhook-secret", settings.RAZORPAY_WEBHOOK_SECRETS[0]]


def production_problems(values: Mapping[str, Any]) -> Iterator[str]:
    if values["RAZORPAY_KEY_ID"] == DEMO_KEY:
        yield "RAZORPAY_KEY_ID is the demo's. Set your own, or none."
    hooks = values["RAZORPAY_WEBHOOK_SECRETS"]
    if values["RAZORPAY_KEY_ID"] and not (values["RAZORPAY_KEY_SECRET"] and hooks and all(hooks)):
        yield "RAZORPAY_KEY_ID is set without RAZORPAY_KEY_SECRET or RAZORPAY_WEBHOOK_SECRETS."
    for name in ("RAZORPAY_API_URL", "RAZORPAY_CHECKOUT_JS_URL"):
        if not values[name].startswith("https://"):
            yield f"{name} must begin with https:// outside of `make run` and tests."
