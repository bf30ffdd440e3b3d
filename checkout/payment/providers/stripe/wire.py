"""The HTTP side of the official SDK, made safe: a time limit, no proxies, no redirects, and two kinds of bad news."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, NoReturn

import requests
import stripe
from requests.adapters import HTTPAdapter

from checkout.payment.errors import GatewayRefused, GatewayUnavailable

logger = logging.getLogger(__name__)
logging.getLogger("stripe").setLevel(logging.WARNING)  # below that the SDK logs bodies
TIMEOUT_SECONDS = (3, 10)  # to connect, and between two bytes of the answer
CONNECTIONS = 32
NO_DECISION = (stripe.AuthenticationError, stripe.RateLimitError, stripe.APIConnectionError)


class KeySpent(GatewayUnavailable):
    """An idempotency key that will only ever answer with a failure: what it stands for needs another key."""


class Session(requests.Session):
    def request(self, method, url, **kwargs):  # type: ignore[override]
        kwargs |= {"allow_redirects": False, "timeout": TIMEOUT_SECONDS}
        return super().request(method, url, **kwargs)


def open_http_client() -> stripe.RequestsClient:
    session = Session()
    session.trust_env = False
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=CONNECTIONS, max_retries=0))
    return stripe.RequestsClient(session=session, timeout=TIMEOUT_SECONDS)


def judged(ask: Callable[[], Any]) -> dict[str, Any]:
    """Give the answer as plain dicts; every trouble as one of ours. Bodies are never logged: they hold personal data."""
    try:
        answer = ask()
    except stripe.StripeError as error:
        _translate(error)
    except (ValueError, AttributeError, TypeError) as error:  # the SDK trips over answers of an odd shape
        logger.warning("stripe: no usable answer: %s", type(error).__name__)
        raise GatewayUnavailable from error
    if not isinstance(answer, stripe.StripeObject):
        raise GatewayUnavailable
    return answer.to_dict()


def _translate(error: stripe.StripeError) -> NoReturn:
    status = error.http_status or 0
    if _is_spent(error):
        logger.warning("stripe: the idempotency key is spent: HTTP %s", status)
        raise KeySpent from error
    if isinstance(error, NO_DECISION) or not 400 <= status < 500 or status == 409 or error.error is None:
        level = logging.ERROR if status == 401 else logging.WARNING
        logger.log(level, "stripe: no usable answer: %s, HTTP %s", type(error).__name__, status)
        raise GatewayUnavailable from error
    logger.info("stripe refused: %s %s", status, error.code)
    raise GatewayRefused(error.user_message or "", status=status, reason=error.code or "") from error


def _is_spent(error: stripe.StripeError) -> bool:
    """A failure that Stripe repeats for a day, or the same key with other parameters."""
    headers = {str(name).lower(): value for name, value in (error.headers or {}).items()}
    replayed = headers.get("idempotent-replayed") == "true"
    return isinstance(error, stripe.IdempotencyError) or (replayed and (error.http_status or 0) >= 500)
