from __future__ import annotations

from django.db import transaction

from catalog.inventory.errors import StockItemInUse
from catalog.inventory.locks import lock_items
from shop.core.errors import NotThere


def remove_item(*, stock_item_id: int) -> None:
    """Remove a stock item that never held anything. Raises StockItemInUse, NotThere. Locks: the stock item."""
    with transaction.atomic():
        item = next(iter(lock_items(item_ids=[stock_item_id])), None)
        if item is None:
            raise NotThere
        if item.on_hand or item.reservations.exists() or item.movements.exists():
            raise StockItemInUse
        item.delete()
