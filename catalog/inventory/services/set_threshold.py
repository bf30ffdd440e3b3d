from __future__ import annotations

from django.db import transaction

from catalog.inventory.events import StockLow
from catalog.inventory.locks import lock_items
from catalog.inventory.models import StockItem
from shop.core.errors import Invalid, NotThere
from shop.core.outbox import publish

MOST = 1_000_000


def set_threshold(*, stock_item_id: int, threshold: int) -> StockItem:
    """From how many available units on a stock item counts as low. Told when that makes it low now.

    Raises Invalid, NotThere. Locks: the stock item.
    """
    if not 0 <= threshold <= MOST:
        raise Invalid(errors={"threshold": [f"A number from 0 to {MOST}."]})
    with transaction.atomic():
        item = next(iter(lock_items(item_ids=[stock_item_id])), None)
        if item is None:
            raise NotThere
        was, item.low_stock_threshold = item.low_stock_threshold, threshold
        item.save(update_fields=["low_stock_threshold"])
        if was < item.available <= threshold:
            low = StockLow(item.pk, item.variant_id, item.available)
            publish(low, aggregate=f"variant:{item.variant_id}")
    return item
