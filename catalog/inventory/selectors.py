from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Sum

from catalog.inventory.models import StockItem


def available_for(variant_ids: Iterable[int]) -> dict[int, int]:
    """Units that can be bought now, over all locations. A variant without stock items is missing."""
    rows = StockItem.objects.filter(variant_id__in=list(variant_ids)).values_list("variant_id")
    return dict(rows.annotate(left=Sum(F("on_hand") - F("reserved"))))
