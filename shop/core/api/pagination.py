"""Lists as the API shows them: `{count, next, previous, results}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.response import Response

from shop.core.errors import Invalid, NotThere

PAGE_SIZE, MOST = 24, 100


def page_of(request) -> tuple[int, int]:
    """`?page=` and `?page_size=`. Raises Invalid for what is no number, or a page size above 100."""
    return _number(request, "page", 1, 10**9), _number(request, "page_size", PAGE_SIZE, MOST)


def _number(request, name: str, default: int, most: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= most):
        raise Invalid(errors={name: [_("A whole number from 1 to %(most)s.") % {"most": most}]})
    return int(text)


def paginate(request, rows: QuerySet, as_json: Callable[[Any], dict]) -> Response:
    """Answer one page of a queryset. Raises NotThere for a page that is not there."""
    page, size = page_of(request)
    count = rows.order_by().count()
    if page > 1 and (page - 1) * size >= count:
        raise NotThere
    results = [as_json(row) for row in rows[(page - 1) * size : page * size]]
    return Response(envelope(request, count=count, page=page, size=size, results=results))


def envelope(request, *, count: int, page: int, size: int, results: list) -> dict[str, Any]:
    return {
        "count": count,
        "next": link(request, page + 1) if page * size < count else None,
        "previous": link(request, page - 1) if page > 1 else None,
        "results": results,
    }


def link(request, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
