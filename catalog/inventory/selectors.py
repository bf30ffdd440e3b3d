from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Min, Q, Sum

from catalog.inventory.limits import shop_wide
from catalog.inventory.models import StockItem


def available_for(variant_ids: Iterable[int]) -> dict[int, int]:
    """Units that can be bought now, over all locations. A variant without stock items is missing."""
    rows = StockItem.objects.filter(variant_id__in=list(variant_ids)).values_list("variant_id")
    return dict(rows.annotate(left=Sum(F("on_hand") - F("reserved"))))


def most_in_order(variant_ids: Iterable[int]) -> dict[int, int]:
    """The most units that one order may hold, of each. Two queries."""
    wanted, shop = list(variant_ids), shop_wide()
    limited = StockItem.objects.filter(variant_id__in=wanted, max_per_order__isnull=False).values_list("variant_id")
    own = dict(limited.annotate(most=Min("max_per_order")))
    return {pk: min(own.get(pk, shop), shop) for pk in wanted}


def in_state(state: str) -> Q:
    """A condition on stock items: `low` (not out), `out`, or `plenty`; only variants that are still sold."""
    sold = Q(variant__active=True)
    if state == "out":
        return sold & Q(on_hand__lte=F("reserved"))
    bound = F("reserved") + F("low_stock_threshold")
    return sold & (Q(on_hand__lte=bound, on_hand__gt=F("reserved")) if state == "low" else Q(on_hand__gt=bound))
