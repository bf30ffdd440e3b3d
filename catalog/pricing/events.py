from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class PriceChanged(Event):
    """Prices of these products (ids of ProductCore) changed, now or by a date."""

    name: ClassVar[str] = "price.changed"
    product_ids: list[int]
