from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.inventory.locks import lock_items
from catalog.inventory.models import StockItem, StockMovement
from catalog.inventory.services import change
from shop.core.errors import Invalid, NotThere


def receive(
    *, stock_item_id: int, quantity: int, at: datetime, kind: str = StockMovement.Kind.RECEIVE, reason: str = "",
    reference: str = "", actor: str = "",
) -> StockItem:  # fmt: skip
    """Put units on the shelf. Raises Invalid for less than one, NotThere. Locks: the stock item."""
    if quantity < 1:
        raise Invalid(errors={"quantity": ["At least 1."]})
    with transaction.atomic():
        item = next(iter(lock_items(item_ids=[stock_item_id])), None)
        if item is None:
            raise NotThere
        before = change.availability([item])
        item.on_hand += quantity
        StockMovement.objects.create(
            stock_item=item, delta=quantity, kind=kind, reason=reason, reference=reference, actor=actor, at=at
        )
        change.write([item], before=before)
    return item
