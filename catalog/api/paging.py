"""`{"count", "next", "previous", "results"}` around JSON text that is ready."""

from __future__ import annotations

import json

from django.http import HttpRequest


def page_json(request: HttpRequest, *, count: int, page: int, size: int, results: str, **members: str) -> str:
    """`results` and `members` are JSON texts."""
    after = _address(request, page + 1) if page * size < count else None
    before = _address(request, page - 1) if page > 1 else None
    more = "".join(f',"{name}":{text}' for name, text in members.items())
    return f'{{"count":{count},"next":{json.dumps(after)},"previous":{json.dumps(before)},"results":{results}{more}}}'


def _address(request: HttpRequest, page: int) -> str:
    wanted = request.GET.copy()
    if page == 1:
        wanted.pop("page", None)
    else:
        wanted["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{wanted.urlencode()}" if wanted else request.path)
