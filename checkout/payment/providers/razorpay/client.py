"""The official SDK, one client per process and key. No retries: a repeated POST could charge or refund twice."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from typing import Any

import razorpay
from django.conf import settings

from checkout.payment.errors import GatewayAnswerWrong
from checkout.payment.providers.razorpay.wire import open_session
from shop.core.db import forbid_in_transaction

logger = logging.getLogger(__name__)
ID = re.compile(r"(order|pay|rfnd|disp)_[A-Za-z0-9]{14}")
_clients: dict[tuple, razorpay.Client] = {}


def call(ask: Callable[[razorpay.Client], Any]) -> dict[str, Any]:
    """Run one call of the SDK. Raises GatewayUnavailable, GatewayRefused, CalledInsideTransaction."""
    forbid_in_transaction("razorpay")
    return ask(_client())


def _client() -> razorpay.Client:
    # A client that was used before a fork would give two processes each other's answers.
    name = (os.getpid(), settings.RAZORPAY_KEY_ID, settings.RAZORPAY_KEY_SECRET, settings.RAZORPAY_API_URL)
    if name not in _clients:
        client = razorpay.Client(auth=name[1:3], session=open_session(), base_url=settings.RAZORPAY_API_URL)
        _clients.setdefault(name, client)
    return _clients[name]


def checked_id(kind: str, text: object) -> str:
    """An id that is safe in a path. Raises GatewayAnswerWrong: ids come from the gateway or were checked before."""
    if not is_id(kind, text):
        raise wrong(f"{kind} id", text)
    return str(text)


def is_id(kind: str, text: object) -> bool:
    return isinstance(text, str) and text.startswith(f"{kind}_") and ID.fullmatch(text) is not None


def wrong(what: str, value: object) -> GatewayAnswerWrong:
    """Log an answer that contradicts what was asked, for a person to look at; to be raised."""
    logger.error("razorpay: an answer was not as asked: %s is %r", what, value)
    return GatewayAnswerWrong()
