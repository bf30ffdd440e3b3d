from __future__ import annotations

from collections.abc import Mapping

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


def limit_many(*, limits: Mapping[int, int]) -> None:
    """The same of many variants at once, at every location: from a file, whose reader has checked the numbers.

    Locks: their stock items in primary-key order.
    """
    with transaction.atomic():
        items = lock_items(variant_ids=limits) if limits else []
        changed = [item for item in items if item.max_per_order != limits[item.variant_id]]
        for item in changed:
            item.max_per_order = limits[item.variant_id]
        StockItem.objects.bulk_update(changed, ["max_per_order"])
