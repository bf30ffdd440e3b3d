"""What happens to products and categories. Ids are those of the API: the core's, the source-language page's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class ProductPublished(Event):
    """Content, variants or shared facts of a product changed and are live. `locale` is the one that was published."""

    name: ClassVar[str] = "product.published"
    product_id: int
    locale: str


@dataclass(frozen=True)
class ProductUnpublished(Event):
    """A product went off sale (its source language), or lost a translation (any other `locale`)."""

    name: ClassVar[str] = "product.unpublished"
    product_id: int
    locale: str


@dataclass(frozen=True)
class CategoryChanged(Event):
    """A category was published, unpublished, moved or deleted: placements and addresses below it may differ."""

    name: ClassVar[str] = "category.changed"
    category_id: int
