"""Keys that do not fit where the shop runs are found before the first customer finds them."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

KEY = re.compile(r"rzp_(test|live)_[A-Za-z0-9]{14}")


def check() -> list[CheckMessage]:
    key = settings.RAZORPAY_KEY_ID
    if not key:
        return []
    if not KEY.fullmatch(key):
        return [Error("RAZORPAY_KEY_ID is not a key: rzp_test_ or rzp_live_ and 14 characters.", id="payment.E001")]
    return [*_check_secrets(), *_check_mode(key.startswith("rzp_live_"))]


def _check_secrets() -> list[CheckMessage]:
    if not settings.RAZORPAY_KEY_SECRET:
        return [Error("RAZORPAY_KEY_SECRET is empty: anybody could sign.", id="payment.E002")]
    if not settings.RAZORPAY_WEBHOOK_SECRETS or not all(settings.RAZORPAY_WEBHOOK_SECRETS):
        return [Error("RAZORPAY_WEBHOOK_SECRETS is empty or has an empty part.", id="payment.E003")]
    return []


def _check_mode(is_live: bool) -> list[CheckMessage]:
    if is_live and (settings.DEMO or settings.DEBUG):
        return [Error("A live Razorpay key in a demo or with DEBUG: real money would move.", id="payment.E004")]
    if is_live and not settings.RAZORPAY_API_URL.startswith("https://"):
        return [Error("A live Razorpay key with an API address that is not https.", id="payment.E005")]
    return []


def check_is_live() -> list[CheckMessage]:
    if settings.RAZORPAY_KEY_ID.startswith("rzp_test_"):
        return [Warning("RAZORPAY_KEY_ID is a test key: no money will arrive.", id="payment.W001")]
    return []
