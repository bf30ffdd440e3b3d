"""`{"count", "next", "previous", "results"}` around JSON text that is ready."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from django.http import HttpRequest


def page_json(request: HttpRequest, *, count: int, page: int, size: int, results: str, **members: str) -> str:
    """`results` and `members` are JSON texts."""
    after = address(request, page=str(page + 1)) if page * size < count else None
    before = address(request, page=str(page - 1) if page > 2 else "") if page > 1 else None
    return listed_json(count, after, before, results, **members)


def cursor_page_json(request: HttpRequest, *, count: int, cursor: str | None, results: str, **members: str) -> str:
    """Read on from `cursor` only; there is no way back."""
    return listed_json(count, address(request, cursor=cursor) if cursor else None, None, results, **members)


def listed_json(count: int, after: str | None, before: str | None, results: str, **members: str) -> str:
    more = "".join(f',"{name}":{text}' for name, text in members.items())
    return f'{{"count":{count},"next":{json.dumps(after)},"previous":{json.dumps(before)},"results":{results}{more}}}'


def address(request: HttpRequest, **changed: str) -> str:
    """This list with other parameters; an empty one is left out."""
    kept = [(name, value) for name, values in request.GET.lists() if name not in changed for value in values]
    query = urlencode([*kept, *((name, value) for name, value in changed.items() if value)])
    return f"{request.scheme}://{request.get_host()}{request.path}{'?' if query else ''}{query}"
