"""What a program may say of a product. Prices in paise (minor units of the default currency)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, TypedDict


class VariantInput(TypedDict, total=False):
    """Names an existing variant by `id`, `key` or `sku` (in this order), else a new one."""

    id: int
    key: uuid.UUID
    sku: str
    options: dict[str, Any]
    price: int | None
    compare_at_price: int | None
    gtin: str
    weight_grams: int | None
    image_id: int | None


class ImageInput(TypedDict, total=False):
    image_id: int
    alt: str


class ProductInput(TypedDict, total=False):
    """Fields that are absent stay as they are. `variants`, `images`, `category_ids` replace the whole list;
    `variant_updates` changes only the variants it names. `sku`, `price`, `compare_at_price` are the only variant's.
    """

    title: str
    slug: str
    summary: str
    body: list[dict[str, Any]]
    seo_title: str
    seo_description: str
    brand_id: int | None
    tax_class_id: int | None
    seller_id: int | None
    attributes: dict[str, Any]
    related: list[int]
    category_ids: Sequence[int]
    images: Sequence[ImageInput]
    variants: Sequence[VariantInput]
    variant_updates: Sequence[VariantInput]
    sku: str
    price: int | None
    compare_at_price: int | None
