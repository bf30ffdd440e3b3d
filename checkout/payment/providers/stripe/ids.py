"""Which texts are ids of Stripe."""

from __future__ import annotations

import re

from django.conf import settings

from checkout.payment.providers.stripe.checks import is_live
from checkout.payment.providers.stripe.client import wrong

IDS = {
    "cs": re.compile(r"cs_(test|live)_[A-Za-z0-9]{1,240}"),
    "pi": re.compile(r"pi_[A-Za-z0-9]{1,57}"),
    "re": re.compile(r"(re|pyr)_[A-Za-z0-9]{1,56}"),
    "dp": re.compile(r"(dp|du)_[A-Za-z0-9]{1,57}"),
}


def is_id(kind: str, text: object) -> bool:
    """`kind`: cs, pi, re or dp. A session of the other mode (test, live) is none."""
    if not isinstance(text, str) or not IDS[kind].fullmatch(text):
        return False
    return kind != "cs" or text.startswith(_session_prefix())


def checked_id(kind: str, text: object) -> str:
    """An id that is safe in a path. Raises GatewayAnswerWrong: ids come from the gateway or were checked before."""
    if not is_id(kind, text):
        raise wrong(f"{kind} id", text)
    return str(text)


def _session_prefix() -> str:
    return "cs_live_" if is_live(settings.STRIPE_SECRET_KEY) else "cs_test_"
