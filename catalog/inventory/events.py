from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class AvailabilityChanged(Event):
    """A variant came into stock or ran out. Published on the flip only, not on each movement."""

    name: ClassVar[str] = "stock.availability_changed"
    product_id: int
    variant_id: int
    in_stock: bool


@dataclass(frozen=True)
class StockLow(Event):
    """Available units fell to the threshold or below."""

    name: ClassVar[str] = "stock.low"
    stock_item_id: int
    variant_id: int
    available: int
