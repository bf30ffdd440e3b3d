"""The HTTP session of the official SDK, made safe: a time limit, no proxies, and every answer judged before the SDK
sees it. The SDK itself hides status and reason, prints network errors, and has no time limit.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import NoReturn

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from checkout.payment.errors import GatewayRefused, GatewayUnavailable

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = (3, 10)  # to connect, and between two bytes of the answer
CONNECTIONS = 32


def open_session() -> requests.Session:
    """A session whose calls raise GatewayUnavailable or GatewayRefused, and nothing of `requests`."""
    session = requests.Session()
    session.trust_env = False
    session.hooks["response"] = [judge]
    for scheme in ("https://", "http://"):
        session.mount(scheme, TimedAdapter(pool_maxsize=CONNECTIONS, max_retries=0))
    return session


class TimedAdapter(HTTPAdapter):
    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        try:
            return super().send(request, stream, TIMEOUT_SECONDS, verify, cert, proxies)
        except (requests.RequestException, HTTPError, OSError) as error:
            logger.warning("razorpay: %s %s: %s", request.method, request.path_url, type(error).__name__)
            raise GatewayUnavailable from error


def judge(response: requests.Response, *args, **kwargs) -> None:
    """Let pass what is a JSON object with a 2xx status. Bodies are never logged: they hold personal data."""
    try:
        answer = response.json()
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        _unknown(response, type(error).__name__, cause=error)
    if not isinstance(answer, dict):
        _unknown(response, "not an object")
    if not 200 <= response.status_code < 300:
        _refused(response, answer.get("error"))


def _refused(response: requests.Response, error: object) -> NoReturn:
    if not isinstance(error, dict):
        _unknown(response, "no error object")
    if not 400 <= response.status_code < 500 or response.status_code in WAIT_OR_REPAIR:
        _unknown(response, str(error.get("code")))
    reason = str(error.get("reason") or error.get("code") or "")
    logger.info("razorpay refused %s: %s %s", _call(response), response.status_code, reason)
    raise GatewayRefused(str(error.get("description") or ""), status=response.status_code, reason=reason)


# Our key is wrong, too many calls, or the same idempotency key is still at work: not a "no" to what was asked.
WAIT_OR_REPAIR = {HTTPStatus.UNAUTHORIZED, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}


def _unknown(response: requests.Response, why: str, cause: Exception | None = None) -> NoReturn:
    level = logging.ERROR if response.status_code == HTTPStatus.UNAUTHORIZED else logging.WARNING
    logger.log(level, "razorpay: no usable answer to %s: HTTP %s, %s", _call(response), response.status_code, why)
    raise GatewayUnavailable from cause


def _call(response: requests.Response) -> str:
    return f"{response.request.method} {response.request.path_url}"
