"""Categories as they stand in the shop, with how much is on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from catalog.listing.models import Shelf, ShelfCount


@dataclass
class ShelfView:
    """A category in one language. `product_count` includes what stands on the shelves below it."""

    id: int
    name: str
    slug: str
    parent: int | None
    children: list[int]
    image: dict[str, Any] | None
    product_count: int
    url: str
    ancestors: list[int]
    page_id: int
    default_sort: str
    locale: str


def shelves_in(locale: str, *, counted: bool = True) -> dict[int, ShelfView]:
    """All categories in the order of the tree, in one query."""
    counts = ShelfCount.objects.filter(category_id=OuterRef("category_id"), currency=settings.DEFAULT_CURRENCY)
    total = counts.order_by().values("category_id").annotate(total=Sum("n")).values("total")
    rows = Shelf.objects.filter(locale=locale).order_by("position")
    number = Coalesce(Subquery(total, output_field=IntegerField()), 0) if counted else Value(0)
    rows = rows.annotate(count=number)
    views = {
        row.category_id: ShelfView(
            row.category_id, row.name, row.slug, row.parent_id, [], row.image, row.count, row.url, row.ancestors,
            row.page_id, row.default_sort, locale,
        )
        for row in rows
    }  # fmt: skip
    for view in views.values():
        if view.parent in views:
            views[view.parent].children.append(view.id)
    return views


def is_shelf(category_id: int) -> bool:
    return Shelf.objects.filter(category_id=category_id).exists()


def addresses_of(category_id: int) -> dict[str, str]:
    """Its path in each language."""
    return dict(Shelf.objects.filter(category_id=category_id).values_list("locale", "url"))
