"""What will go: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a `Link` to what takes its place. docs/api/deprecation.md"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime

from django.utils.http import http_date
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

POLICY = "/api/docs/"


def deprecation_headers(*, since: datetime, sunset: datetime, see: str = POLICY) -> dict[str, str]:
    return {
        "Deprecation": f"@{int(since.timestamp())}",
        "Sunset": http_date(sunset.timestamp()),
        "Link": f'<{see}>; rel="deprecation"',
    }


def deprecated(*, since: datetime, sunset: datetime, see: str = POLICY) -> Callable[[Callable], Callable]:
    """Mark a method of a view, outermost: its answers say so, and so does the OpenAPI document."""
    headers = deprecation_headers(since=since, sunset=sunset, see=see)

    def mark(method: Callable[..., Response]) -> Callable[..., Response]:
        @extend_schema(deprecated=True)
        @functools.wraps(method)
        def marked(view, request, *args, **kwargs) -> Response:
            response = method(view, request, *args, **kwargs)
            for name, value in headers.items():
                response.headers[name] = value
            return response

        return marked

    return mark


def deprecated_parameter(request, response: Response, name: str, **dates) -> Response:
    """The same where only a call that uses the parameter `name` is on its way out."""
    if name in request.GET:
        for header, value in deprecation_headers(**dates).items():
            response.headers[header] = value
    return response
