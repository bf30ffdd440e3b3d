from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event

PRODUCTS_AN_EVENT = 1_000  # a change of many products is told in several events


@dataclass(frozen=True)
class PriceChanged(Event):
    """Prices of these products (ids of ProductCore) changed, now or by a date."""

    name: ClassVar[str] = "price.changed"
    product_ids: list[int]
