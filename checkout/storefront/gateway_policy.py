"""What the payment page, and no other, may load from the gateways."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import cast

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse

from checkout.payment.providers import entries


def gateway_allowed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Widen the content security policy by the gateways' hosts, and let their bank windows talk to them."""

    @functools.wraps(view)
    def allowed(*args, **kwargs) -> HttpResponse:
        response = cast(HttpResponse, csp_update(policy())(view)(*args, **kwargs))
        # With `same-origin`, a bank's page that the gateway opens could not report back.
        response["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
        return response

    return allowed


def policy() -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for entry in entries():
        if entry.is_configured():
            for name, hosts in entry.content_policy().items():
                wanted[name] = [*wanted.get(name, []), *hosts]
    return beside_our_own(wanted)


def beside_our_own(wanted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """A directive that the shop does not have would otherwise lose our own host."""
    known = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return {name: hosts if name in known else ["'self'", *hosts] for name, hosts in wanted.items()}
