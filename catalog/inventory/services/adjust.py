from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.errors import StockConflict
from catalog.inventory.locks import lock_items
from catalog.inventory.models import StockItem, StockMovement
from catalog.inventory.services import change
from shop.core.errors import Invalid, NotThere

MOST = 10**9 // 2  # far below the column's limit, so that a sum never reaches it


def adjust(
    *, stock_item_id: int, at: datetime, delta: int | None = None, set_to: int | None = None, reason: str = "",
    actor: str = "",
) -> StockItem:  # fmt: skip
    """Correct what lies on the shelf, by a difference or to a count; the difference becomes a movement.

    Raises NotThere, Invalid, StockConflict when reserved units would be missing. Locks: the stock item.
    """
    with transaction.atomic():
        item = next(iter(lock_items(item_ids=[stock_item_id])), None)
        if item is None:
            raise NotThere
        target = item.on_hand + delta if set_to is None and delta is not None else set_to
        difference = _checked(item, target, field="quantity" if delta is None else "delta") - item.on_hand
        if difference:
            _move(item, difference, at=at, reason=reason, actor=actor)
    return item


def _checked(item: StockItem, target: int | None, *, field: str) -> int:
    if target is None or not 0 <= target <= MOST:
        raise Invalid(errors={field: [f"The shelf would hold {target} pieces; 0 to {MOST} are possible."]})
    if target < item.reserved:
        raise StockConflict(reserved=item.reserved)
    return target


def _move(item: StockItem, difference: int, *, at: datetime, reason: str, actor: str) -> None:
    before = change.availability([item])
    item.on_hand += difference
    StockMovement.objects.create(
        stock_item=item, delta=difference, kind=StockMovement.Kind.ADJUSTMENT, reason=reason, actor=actor, at=at
    )
    change.write([item], before=before)
