"""What changed, or went, since a time: for systems that keep a copy of the catalogue. The oldest change first, so that
what changes while somebody reads on comes again at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from catalog.listing.conditions import CATEGORY_BY_SLUG
from catalog.listing.models import CATEGORIES, WHOLE_SHOP

CHANGES = """SELECT thing_id, changed_at, is_gone, (
        SELECT count(*) FROM listing_change c WHERE c.shelf = {shelf} AND c.changed_at >= %(since)s)
    FROM listing_change WHERE shelf = {shelf} AND changed_at >= %(since)s
        AND (changed_at, thing_id) > (%(changed_at)s::timestamptz, %(thing_id)s)
    ORDER BY changed_at, thing_id LIMIT %(limit)s + 1"""
BEGINNING = ("-infinity", 0)


@dataclass(frozen=True, slots=True)
class Changed:
    """`ids` are on show, `gone` (with the times at which they went) are not. `last`: after which to go on, None at the
    end."""

    count: int
    ids: list[int]
    gone: list[tuple[int, datetime]]
    last: tuple[datetime, int] | None


def product_changes(
    category: int | str | None, *, since: datetime, after: Sequence = BEGINNING, limit: int
) -> Changed:  # fmt: skip
    """Of the whole shop, or of a category (id or slug): what was taken from its shelf is gone from there."""
    shelf = CATEGORY_BY_SLUG if isinstance(category, str) else "%(category)s"
    return _changes(shelf, since, after, limit, WHOLE_SHOP if category is None else category)


def category_changes(*, since: datetime, after: Sequence = BEGINNING, limit: int) -> Changed:
    """Names, addresses, parents, pictures and texts of categories; not how many products are on them."""
    return _changes("%(category)s", since, after, limit, CATEGORIES)


def _changes(shelf: str, since: datetime, after: Sequence, limit: int, category: int | str) -> Changed:
    changed_at, thing_id = after
    parameters = {"category": category, "locale": "", "since": since, "changed_at": changed_at, "thing_id": thing_id}
    with connection.cursor() as cursor:
        cursor.execute(CHANGES.format(shelf=shelf), parameters | {"limit": limit})
        rows = cursor.fetchall()
    shown = rows[:limit]
    return Changed(
        count=rows[0][3] if rows else 0,
        ids=[id_ for id_, _at, is_gone, _count in shown if not is_gone],
        gone=[(id_, at) for id_, at, is_gone, _count in shown if is_gone],
        last=(shown[-1][1], shown[-1][0]) if len(rows) > limit else None,
    )
