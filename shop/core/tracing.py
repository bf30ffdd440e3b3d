"""The trace that the running work belongs to, as W3C `traceparent`: from the request to the event to the subscriber."""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Callable, Iterator
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

VALID = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_current: ContextVar[str] = ContextVar("traceparent", default="")


def traceparent() -> str:
    """Of the running work; a new one where none has begun."""
    return _current.get() or f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-00"


@contextlib.contextmanager
def within(parent: str) -> Iterator[None]:
    """What happens in the block belongs to that trace. Anything but a valid `traceparent` is ignored."""
    token = _current.set(parent if VALID.fullmatch(parent) else "")
    try:
        yield
    finally:
        _current.reset(token)


class ReadTraceparent:
    """Middleware: a request that says which trace it belongs to passes it on to the events that it causes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with within(request.headers.get("traceparent", "")):
            return self.get_response(request)
