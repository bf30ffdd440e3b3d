"""Locks stock: always in primary-key order, always the last lock of a transaction.

`services/reserve.py` does the same inside its one statement; nothing else locks stock.
"""

from __future__ import annotations

from collections.abc import Iterable

from catalog.inventory.models import StockItem
from shop.core.db import lock_in_order


def lock_items(*, variant_ids: Iterable[int] = (), item_ids: Iterable[int] = ()) -> list[StockItem]:
    """Stock items of these variants (at every location) or with these ids, locked."""
    wanted = StockItem.objects.select_related("variant")
    if variant_ids := list(variant_ids):
        return lock_in_order(wanted.filter(variant_id__in=variant_ids))
    return lock_in_order(wanted.filter(pk__in=list(item_ids)))
