"""Stripe's part of the settings. Loaded by its path while the settings are being made: no Django, nothing of ours."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

KEY = "STRIPE_SECRET_KEY"
DEMO_KEY = "sk_test_DemoShopOfTheEmulator0001"
EMULATOR = "emulators.stripe"


def read(env) -> dict[str, Any]:
    return {
        "STRIPE_SECRET_KEY": env.str("STRIPE_SECRET_KEY", default=""),
        "STRIPE_WEBHOOK_SECRETS": env.list("STRIPE_WEBHOOK_SECRETS", default=[]),
        "STRIPE_API_URL": env.str("STRIPE_API_URL", default="https://api.stripe.com").rstrip("/"),
        "STRIPE_IS_DEMO": env.str("STRIPE_SECRET_KEY", default="") == DEMO_KEY,
    }


def demo(url: str) -> dict[str, str]:
    """The environment that names an emulator at this address."""
    return {
        "STRIPE_SECRET_KEY": DEMO_KEY,
        "STRIPE_WEBHOOK_SECRETS": f"whsec_{secrets.token_hex(16)}",
        "STRIPE_API_URL": url,
    }


def emulator_arguments(settings: Any) -> list[str]:
    return ["--secret-key", settings.STRIPE_SECRET_KEY, "--webhook-secret", settings.STRIPE_WEBHOOK_SECRETS[0]]


def production_problems(values: Mapping[str, Any]) -> Iterator[str]:
    if values["STRIPE_SECRET_KEY"] == DEMO_KEY:
        yield "STRIPE_SECRET_KEY is the demo's. Set your own, or none."
    hooks = values["STRIPE_WEBHOOK_SECRETS"]
    if values["STRIPE_SECRET_KEY"] and not (hooks and all(hooks)):
        yield "STRIPE_SECRET_KEY is set without STRIPE_WEBHOOK_SECRETS."
    if not values["STRIPE_API_URL"].startswith("https://"):
        yield "STRIPE_API_URL must begin with https:// outside of `make run` and tests."
