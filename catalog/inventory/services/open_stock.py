from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from catalog.inventory.locks import lock_items
from catalog.inventory.models import StockItem, StockMovement


def open_stock(*, quantities: Mapping[int, int], at: datetime, reference: str = "", actor: str = "") -> set[int]:
    """The first count of variants (id → units) whose stock has never moved; returns those. All others keep theirs.

    Tells nobody: whoever brings the variants shows them. Locks: their stock items, in primary-key order.
    """
    with transaction.atomic():
        wanted = [id_ for id_, units in quantities.items() if units > 0]
        fresh = _unmoved(lock_items(variant_ids=_never_counted(wanted)))
        for item in fresh:
            item.on_hand = quantities[item.variant_id]
        StockItem.objects.bulk_update(fresh, ["on_hand"])
        StockMovement.objects.bulk_create(
            StockMovement(
                stock_item=item, delta=item.on_hand, kind=StockMovement.Kind.RECEIVE, reason="opening stock",
                reference=reference, actor=actor, at=at,
            )
            for item in fresh
        )  # fmt: skip
    return {item.variant_id for item in fresh}


def _never_counted(variant_ids: list[int]) -> list[int]:
    """Only these are locked: the shop goes on selling everything else."""
    return sorted(set(variant_ids) - _moved(variant_ids))


def _unmoved(items: list[StockItem]) -> list[StockItem]:
    """One item per variant, of those that nobody has moved before the lock was ours."""
    moved = _moved([item.variant_id for item in items])
    first: dict[int, StockItem] = {}
    for item in items:
        if item.variant_id not in moved:
            first.setdefault(item.variant_id, item)
    return list(first.values())


def _moved(variant_ids: list[int]) -> set[int]:
    movements = StockMovement.objects.filter(stock_item__variant_id__in=variant_ids)
    return set(movements.values_list("stock_item__variant_id", flat=True))
