"""`RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10) on answers to calls that were counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shop.core.limits import Standing, standings_of


def limit_headers(standings: Sequence[Standing]) -> dict[str, str]:
    """`"sign_ins";q=300;w=60` is what there is, `"sign_ins";r=299;t=60` what is left, and seconds until there is more."""
    if not standings:
        return {}
    policies = [f'"{one.limit.name}";q={one.limit.rate.amount};w={one.limit.seconds}' for one in standings]
    left = [f'"{one.limit.name}";r={one.left};t={one.seconds}' for one in standings]
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(left)}


class TellLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith("/api/"):
            for name, value in limit_headers(standings_of(request)).items():
                response.headers.setdefault(name, value)
        return response
