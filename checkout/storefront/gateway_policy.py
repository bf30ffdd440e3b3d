"""What the payment page, and no other, may load from the gateway."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse

LOADS = ("script-src", "connect-src", "frame-src", "img-src", "font-src", "form-action")


def gateway_allowed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Widen the content security policy by the gateway's hosts, and let its bank windows talk to it."""

    @functools.wraps(view)
    def allowed(*args, **kwargs) -> HttpResponse:
        widened = csp_update(policy(settings.RAZORPAY_CHECKOUT_JS_URL))(view)
        response = cast(HttpResponse, widened(*args, **kwargs))
        # With `same-origin`, a bank's page that the gateway opens could not report back.
        response["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
        return response

    return allowed


def policy(script_url: str) -> dict[str, list[str]]:
    """By the address of checkout.js: the real one loads from several hosts and writes style attributes."""
    parts = urlsplit(script_url)
    if (parts.hostname or "").endswith(".razorpay.com"):
        return _allow("https://*.razorpay.com") | {"style-src": ["'unsafe-inline'"]}
    return _allow(f"{parts.scheme}://{parts.netloc}")


def _allow(host: str) -> dict[str, list[str]]:
    """Beside what the shop allows; a directive that it does not have would otherwise lose our own host."""
    known = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return {name: [host] if name in known else ["'self'", host] for name in LOADS}
