"""How stock rows are written, and what others are told about it. Used by the verbs beside it, never by doors."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.inventory.events import AvailabilityChanged, StockLow
from catalog.inventory.models import StockItem
from shop.core.outbox import publish


def write(items: Iterable[StockItem], *, before: dict[int, int]) -> None:
    """Save locked items. `before` maps item id → available units before the change; flips are published."""
    items = list(items)
    StockItem.objects.bulk_update(items, ["on_hand", "reserved"])
    tell(items, before=before)


def tell(items: Iterable[StockItem], *, before: dict[int, int]) -> None:
    """Publish what changed for others: whether there is any, whether it runs low."""
    for item in items:
        _tell(item, before[item.pk])


def is_news(was: int, now: int, *, threshold: int) -> bool:
    """Whether others are told of that change of the available units."""
    return (was > 0) != (now > 0) or now <= threshold < was


def availability(items: Iterable[StockItem]) -> dict[int, int]:
    return {item.pk: item.available for item in items}


def _tell(item: StockItem, was: int) -> None:
    now, threshold = item.available, item.low_stock_threshold
    if (was > 0) != (now > 0):
        flip = AvailabilityChanged(item.variant.core_id, item.variant_id, now > 0)
        publish(flip, aggregate=f"variant:{item.variant_id}")
    if now <= threshold < was:
        publish(StockLow(item.pk, item.variant_id, now), aggregate=f"variant:{item.variant_id}")
