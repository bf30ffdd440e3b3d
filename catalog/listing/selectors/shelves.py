"""Categories as they stand in the shop, with how much is on them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from catalog.listing.models import Shelf, ShelfCount


@dataclass
class ShelfView:
    """A category in one language. `product_count` includes what stands on the shelves below it."""

    id: int
    name: str
    slug: str
    parent: int | None
    image: dict[str, Any] | None
    url: str
    ancestors: list[int]  # from the root down, itself last
    default_sort: str
    locale: str
    product_count: int = 0
    children: list[int] = field(default_factory=list)


FIELDS = ("category_id", "name", "slug", "parent_id", "image", "url", "ancestors", "default_sort", "locale")
SHELVES = """SELECT category_id, name, slug, parent_id, image, url, ancestors, default_sort, locale, (
        SELECT coalesce(sum(n), 0) FROM listing_shelfcount c WHERE c.category_id = s.category_id AND c.currency = %s)::int
    FROM listing_shelf s WHERE locale = %s ORDER BY position"""


def shelves_in(locale: str) -> dict[int, ShelfView]:
    """All categories in the order of the tree, with their counts, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(SHELVES, [settings.DEFAULT_CURRENCY, locale])
        views = [ShelfView(*row) for row in cursor.fetchall()]
    for view in views:
        view.image = json.loads(view.image) if isinstance(view.image, str) else None
    return _with_children(views)


@dataclass
class Surroundings:
    """A category with those above it, beside it and right below it, and its path in each language."""

    shelf: ShelfView
    shelves: dict[int, ShelfView]
    paths: dict[str, str]
    head: dict[str, Any]  # the texts of its page (building/heads.py)
    is_private: bool


def around(locale: str, *, path: str = "", page_id: int = 0) -> Surroundings | None:
    """The surroundings of the category at this path, or with this page, in one query; None when it is not on show."""
    near = """
        SELECT s.* FROM listing_shelf me JOIN listing_shelf s ON s.category_id = me.category_id OR (
            s.locale = me.locale AND (s.category_id = ANY(me.ancestors) OR s.parent_id = me.category_id
                OR s.parent_id IS NOT DISTINCT FROM me.parent_id))
        WHERE (me.url = %s OR me.page_id = %s) AND me.locale = %s ORDER BY s.position"""
    rows = list(Shelf.objects.raw(near, [path, page_id, locale]))
    views = _with_children(
        ShelfView(*(getattr(row, name) for name in FIELDS)) for row in rows if row.locale == locale
    )  # fmt: skip
    own = next((row for row in rows if row.locale == locale and (row.url == path or row.page_id == page_id)), None)
    if own is None:
        return None
    paths = {row.locale: row.url for row in rows if row.category_id == own.category_id}
    return Surroundings(views[own.category_id], views, paths, own.head, own.is_private)


def _with_children(views: Iterable[ShelfView]) -> dict[int, ShelfView]:
    found = {view.id: view for view in views}
    for view in found.values():
        if view.parent in found:
            found[view.parent].children.append(view.id)
    return found


def head_in(category_id: int, locale: str) -> dict[str, Any]:
    """The texts of a category's page (building/heads.py)."""
    rows = Shelf.objects.filter(category_id=category_id, locale=locale)
    return rows.values_list("head", flat=True).first() or {}


def is_shelf(category_id: int) -> bool:
    return Shelf.objects.filter(category_id=category_id).exists()


def product_count(category_id: int) -> int:
    """Products on this shelf and those below it."""
    rows = ShelfCount.objects.filter(category_id=category_id, currency=settings.DEFAULT_CURRENCY)
    return rows.aggregate(n=Sum("n"))["n"] or 0
