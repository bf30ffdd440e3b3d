"""Keys that do not fit where the shop runs are found before the first customer finds them."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

KEY = re.compile(r"[sr]k_(test|live)_[A-Za-z0-9]{10,240}")


def check() -> list[CheckMessage]:
    key = settings.STRIPE_SECRET_KEY
    if not key:
        return []
    if not KEY.fullmatch(key):
        return [Error("STRIPE_SECRET_KEY is not a key: sk_test_, sk_live_, rk_test_ or rk_live_.", id="payment.E011")]
    return [*_check_secrets(), *_check_mode(is_live(key))]


def is_live(key: str) -> bool:
    return key[3:].startswith("live_")


def _check_secrets() -> list[CheckMessage]:
    secrets = settings.STRIPE_WEBHOOK_SECRETS
    if not secrets or not all(secret.startswith("whsec_") and len(secret) > 6 for secret in secrets):
        return [Error("STRIPE_WEBHOOK_SECRETS is empty or has a part that is no whsec_… secret.", id="payment.E013")]
    return []


def _check_mode(live: bool) -> list[CheckMessage]:
    if live and (settings.DEMO or settings.DEBUG):
        return [Error("A live Stripe key in a demo or with DEBUG: real money would move.", id="payment.E014")]
    if live and not settings.STRIPE_API_URL.startswith("https://"):
        return [Error("A live Stripe key with an API address that is not https.", id="payment.E015")]
    return []


def check_is_live() -> list[CheckMessage]:
    key = settings.STRIPE_SECRET_KEY
    if key and not is_live(key):
        return [Warning("STRIPE_SECRET_KEY is a test key: no money will arrive.", id="payment.W011")]
    return []
