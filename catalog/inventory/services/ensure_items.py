from __future__ import annotations

from collections.abc import Iterable

from catalog.inventory.models import Location, StockItem


def ensure_items(*, variant_ids: Iterable[int]) -> None:
    """Every variant has a stock item at the main location; those that have one keep it untouched."""
    main = Location.objects.get_or_create(code="main", defaults={"name": "Main warehouse"})[0]
    StockItem.objects.bulk_create(
        [StockItem(variant_id=id_, location=main) for id_ in variant_ids], ignore_conflicts=True
    )
