"""Live rows without a merchandiser: a variant with a price and with stock."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from catalog.inventory.models import StockItem
from catalog.inventory.services.ensure_items import ensure_items
from catalog.inventory.services.receive import receive
from catalog.pricing.models import TaxRate
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import ProductCore, TaxClass, Variant

_numbers = itertools.count(1)


def make_variant(
    *, sku: str = "", price: int | None = 64900, compare_at: int | None = None, stock: int = 10, tax: int = 1800,
    currency: str = "INR", at=None,
) -> Variant:  # fmt: skip
    """Prices in paise, tax in basis points. The price holds from one day ago (or from `at`)."""
    at = at or timezone.now() - timedelta(days=1)
    core = ProductCore.objects.create(tax_class=make_tax_class(tax), is_live=True, published_at=at)
    variant = Variant.objects.create(core=core, key=uuid.uuid4(), sku=sku or f"SKU-{next(_numbers)}")
    if price is not None:
        set_base_prices(prices={variant.pk: BasePrice(price, compare_at)}, currency=currency, at=at)
    ensure_items(variant_ids=[variant.pk])
    if stock:
        receive(stock_item_id=item_of(variant).pk, quantity=stock, at=at, reason="opening stock")
    return variant


def make_tax_class(basis_points: int) -> TaxClass:
    tax_class, made = TaxClass.objects.get_or_create(
        code=f"gst-{basis_points}", defaults={"name": f"{basis_points / 100:g} %"}
    )
    if made:
        TaxRate.objects.create(
            tax_class=tax_class, basis_points=basis_points, valid_from=datetime(2020, 1, 1, tzinfo=UTC)
        )
    return tax_class


def item_of(variant: Variant) -> StockItem:
    return StockItem.objects.get(variant=variant)
