"""`{"count", "next", "previous", "results"}` around JSON text that is ready."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from django.http import HttpRequest


def page_json(request: HttpRequest, *, count: int, page: int, size: int, results: str, **members: str) -> str:
    """`results` and `members` are JSON texts."""
    after = _address(request, page + 1) if page * size < count else None
    before = _address(request, page - 1) if page > 1 else None
    more = "".join(f',"{name}":{text}' for name, text in members.items())
    return f'{{"count":{count},"next":{json.dumps(after)},"previous":{json.dumps(before)},"results":{results}{more}}}'


def _address(request: HttpRequest, page: int) -> str:
    kept = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
    query = urlencode([*kept, ("page", page)] if page > 1 else kept)
    return f"{request.scheme}://{request.get_host()}{request.path}{'?' if query else ''}{query}"
