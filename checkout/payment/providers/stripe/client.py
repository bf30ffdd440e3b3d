"""The official SDK, one client per process and key, without retries of its own: who asks decides what is asked again."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

import stripe
from django.conf import settings

from checkout.payment.errors import GatewayAnswerWrong
from checkout.payment.providers.stripe.wire import judged, open_http_client
from shop.core.db import forbid_in_transaction

logger = logging.getLogger(__name__)
_clients: dict[tuple, stripe.StripeClient] = {}
stripe.enable_telemetry = False


def call(ask: Callable[[stripe.StripeClient], Any]) -> dict[str, Any]:
    """Run one call of the SDK. Raises GatewayUnavailable, KeySpent, GatewayRefused, CalledInsideTransaction."""
    forbid_in_transaction("stripe")
    return judged(lambda: ask(_client()))


def _client() -> stripe.StripeClient:
    # A client that was used before a fork would give two processes each other's answers.
    name = (os.getpid(), settings.STRIPE_SECRET_KEY, settings.STRIPE_API_URL)
    if name not in _clients:
        client = stripe.StripeClient(
            name[1], base_addresses={"api": name[2]}, http_client=open_http_client(), max_network_retries=0
        )
        _clients.setdefault(name, client)
    return _clients[name]


def wrong(what: str, value: object) -> GatewayAnswerWrong:
    """Log an answer that contradicts what was asked, for a person to look at; to be raised."""
    logger.error("stripe: an answer was not as asked: %s is %r", what, value)
    return GatewayAnswerWrong()
