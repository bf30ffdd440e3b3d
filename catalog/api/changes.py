"""`?updated_since=` of products and categories: what changed, and tombstones of what went."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from catalog.api.cursors import cursor_of, place_of
from catalog.api.paging import cursor_page_json
from catalog.api.parameters import Since, since_of
from catalog.listing.postgres import cards_for
from catalog.listing.selectors.changes import BEGINNING, Changed, category_changes, product_changes
from catalog.listing.selectors.shelves import is_shelf
from shop.core.api.context import context_of
from shop.core.db import settled_at
from shop.core.errors import NotThere

KIND = "changes"
Reading = Callable[[Since, Any], Changed]


def are_changes(request: HttpRequest) -> bool:
    return "updated_since" in request.GET


def changed_products(request: HttpRequest, category: int | None = None) -> str:
    """Of the shop, or of a category. Raises Invalid, NotThere for a category that never was."""
    context = context_of(request)

    def read(asked: Since, after: Any) -> Changed:
        wanted = asked.category if category is None else category
        return product_changes(wanted, since=asked.since, after=after, limit=asked.size)

    def shown(ids: list[int]) -> list[dict[str, Any]]:
        return cards_for(ids, context) if ids else []

    told, changed = _told(request, read, shown)
    if category is not None and not changed.count and not is_shelf(category):
        raise NotThere
    return told


def changed_categories(request: HttpRequest, shown: Callable[[list[int]], list[dict[str, Any]]]) -> str:
    def read(asked: Since, after: Any) -> Changed:
        return category_changes(since=asked.since, after=after, limit=asked.size)

    return _told(request, read, shown)[0]


def _told(
    request: HttpRequest, read: Reading, shown: Callable[[list[int]], list[dict[str, Any]]]
) -> tuple[str, Changed]:  # fmt: skip
    """Every page tells the `until` of the first one: what was open then is asked for the next time."""
    asked, cursor = since_of(request), request.GET.get("cursor", "")
    until, *after = place_of(cursor, KIND) if cursor else (_iso(settled_at()), *BEGINNING)
    changed = read(asked, after)
    on = cursor_of(KIND, until, _iso(changed.last[0]), changed.last[1]) if changed.last else None
    gone = [{"id": id_, "deleted_at": _iso(at)} for id_, at in changed.gone]
    results = _json(shown(changed.ids))
    members = {"deleted": _json(gone), "until": _json(until)}
    return cursor_page_json(request, count=changed.count, cursor=on, results=results, **members), changed


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
