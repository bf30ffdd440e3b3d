from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.inventory.errors import StockConflict
from catalog.inventory.locks import lock_items
from catalog.inventory.models import StockItem, StockMovement
from catalog.inventory.services import change
from shop.core.errors import Invalid


@dataclass(frozen=True)
class Count:
    """What was counted of a stock item."""

    stock_item_id: int
    quantity: int
    reason: str = ""


def count_stock(*, counts: Sequence[Count], at: datetime, actor: str) -> int:
    """Set many stock items to what was counted, all or none; returns how many changed. A fixed number of queries.

    Raises Invalid naming each bad row (`rows.3.id`), StockConflict with `rows` where units are reserved that would be
    missing. Locks: the stock items by primary key.
    """
    with transaction.atomic():
        items = {item.pk: item for item in lock_items(item_ids=[one.stock_item_id for one in counts])}
        _refuse(counts, items)
        changed = [one for one in counts if items[one.stock_item_id].on_hand != one.quantity]
        before = change.availability([items[one.stock_item_id] for one in changed])
        StockMovement.objects.bulk_create([_movement(one, items[one.stock_item_id], at, actor) for one in changed])
        for one in changed:
            items[one.stock_item_id].on_hand = one.quantity
        change.write([items[one.stock_item_id] for one in changed], before=before)
    return len(changed)


def _refuse(counts: Sequence[Count], items: dict[int, StockItem]) -> None:
    seen: set[int] = set()
    errors: dict[str, list[str]] = {}
    for row, one in enumerate(counts):
        if one.stock_item_id not in items:
            errors[f"rows.{row}.id"] = [_("There is none.")]
        elif one.stock_item_id in seen:
            errors[f"rows.{row}.id"] = [_("Stands twice.")]
        seen.add(one.stock_item_id)
    if errors:
        raise Invalid(errors=errors)
    short = [
        {"row": row, "id": one.stock_item_id, "reserved": items[one.stock_item_id].reserved}
        for row, one in enumerate(counts)
        if one.quantity < items[one.stock_item_id].reserved
    ]
    if short:
        raise StockConflict(rows=short)


def _movement(one: Count, item: StockItem, at: datetime, actor: str) -> StockMovement:
    return StockMovement(
        stock_item=item, delta=one.quantity - item.on_hand, kind=StockMovement.Kind.ADJUSTMENT, reason=one.reason,
        actor=actor, at=at,
    )  # fmt: skip
