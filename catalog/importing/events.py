from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class ProductsImported(Event):
    """Products (ids of ProductCore) and brands that an import has made in bulk. For each product that is live this
    stands in place of `product.published`."""

    name: ClassVar[str] = "products.imported"
    product_ids: list[int]
    brand_ids: list[int]
