from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.inventory.locks import lock_items
from catalog.inventory.models import MAX_PER_ORDER, StockItem
from shop.core.errors import Invalid, NotThere


def limit_orders(*, stock_item_id: int, max_per_order: int | None) -> StockItem:
    """The most pieces of a SKU that one order may hold; None: as many as the shop says. Carts and orders that are there
    stay as they are; a cart above it is told so and has to be changed before it is ordered.

    Raises Invalid, NotThere. Locks: the stock item.
    """
    if max_per_order is not None and not 1 <= max_per_order <= MAX_PER_ORDER:
        raise Invalid(errors={"max_per_order": [_("A number from 1 to %(most)s.") % {"most": MAX_PER_ORDER}]})
    with transaction.atomic():
        item = next(iter(lock_items(item_ids=[stock_item_id])), None)
        if item is None:
            raise NotThere
        item.max_per_order = max_per_order
        item.save(update_fields=["max_per_order"])
    return item
