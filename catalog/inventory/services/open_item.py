from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from catalog.inventory.errors import StockItemExists
from catalog.inventory.models import Location, StockItem
from catalog.inventory.services.adjust import adjust
from catalog.inventory.services.limit_orders import limit_orders
from catalog.inventory.services.set_threshold import set_threshold


def open_item(
    *, variant_id: int, location: str, at: datetime, quantity: int = 0, threshold: int | None = None,
    max_per_order: int | None = None, reason: str = "", actor: str = "",
) -> StockItem:  # fmt: skip
    """A stock item of a variant at one more location, with what lies there. A new location is made by its code.

    Raises StockItemExists, Invalid; then nothing is made. Locks: the new stock item.
    """
    with transaction.atomic():
        place = Location.objects.get_or_create(code=location, defaults={"name": location.replace("-", " ").title()})[0]
        try:
            with transaction.atomic():
                item = StockItem.objects.create(variant_id=variant_id, location=place)
        except IntegrityError:
            there = StockItem.objects.get(variant_id=variant_id, location=place)
            raise StockItemExists(id=there.pk) from None
        if threshold is not None:
            set_threshold(stock_item_id=item.pk, threshold=threshold)
        if max_per_order is not None:
            limit_orders(stock_item_id=item.pk, max_per_order=max_per_order)
        adjust(stock_item_id=item.pk, set_to=quantity, reason=reason, actor=actor, at=at)
    return StockItem.objects.get(pk=item.pk)
