"""The most of one SKU that an order may hold: by its stock, by the shop (`OrderLimits`), at last 999. For everybody alike."""

from __future__ import annotations

from catalog.inventory.models import MAX_PER_ORDER, OrderLimits

# Of a variant whose stock rows are aggregated as `MIN(max_per_order)` under the given name. The lowest one holds.
MOST_SQL = "LEAST({of_stock}, (SELECT max_per_order FROM inventory_orderlimits ORDER BY id LIMIT 1), 999)"


def shop_wide() -> int:
    """The shop's number, with one query."""
    found = OrderLimits.objects.order_by("pk").values_list("max_per_order", flat=True).first()
    return found or MAX_PER_ORDER
