from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from catalog.importing.records import ProductRecord
from catalog.inventory.services.limit_orders import limit_many
from catalog.inventory.services.open_stock import open_stock
from catalog.pricing.models import PriceLine
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices


@dataclass(frozen=True)
class LiveProduct:
    """A record and the ids of its live variants by SKU: none for a draft. `is_new`: it was made a moment ago."""

    record: ProductRecord
    variant_ids: Mapping[str, int]
    is_new: bool


@dataclass(frozen=True)
class LiveChanges:
    """Variant ids. `counted_before`: the file has stock of variants whose stock the shop has moved already."""

    repriced: set[int]
    opened: set[int]
    counted_before: bool


def write_live_rows(*, products: Sequence[LiveProduct], at: datetime, reference: str) -> LiveChanges:
    """Prices and first counts of stock for many products at once. The default currency of a product that was known is
    its draft's matter and left to that.

    Locks: open price lines; then stock items that have never moved, and those whose limit changes.
    """
    repriced: set[int] = set()
    for currency, prices in sorted(_wanted_prices(products).items()):
        repriced |= set_base_prices(prices=prices, currency=currency, at=at)
    quantities = {
        product.variant_ids[variant.sku]: variant.stock
        for product in products
        for variant in product.record.variants
        if variant.stock and variant.sku in product.variant_ids
    }
    opened = open_stock(quantities=quantities, at=at, reference=reference, actor="import") if quantities else set()
    limits = {
        product.variant_ids[variant.sku]: variant.max_per_order
        for product in products
        for variant in product.record.variants
        if variant.max_per_order and variant.sku in product.variant_ids
    }
    limit_many(limits=limits)
    return LiveChanges(repriced, opened, len(opened) < len(quantities))


def _wanted_prices(products: Iterable[LiveProduct]) -> dict[str, dict[int, BasePrice]]:
    wanted: dict[str, dict[int, BasePrice]] = {}
    silent: dict[str, set[int]] = {}  # variants whose file has no compare-at prices
    for product in products:
        for variant in product.record.variants:
            pk = product.variant_ids.get(variant.sku)
            if pk is None:
                continue
            for currency, amount in variant.prices.items():
                if product.is_new or currency != settings.DEFAULT_CURRENCY:
                    wanted.setdefault(currency, {})[pk] = BasePrice(amount, variant.compare_at.get(currency))
                    if "compare_at_price" not in product.record.fields:
                        silent.setdefault(currency, set()).add(pk)
    for currency, variant_ids in silent.items():
        wanted[currency] |= _with_kept_compare_at(wanted[currency], variant_ids, currency)
    return wanted


def _with_kept_compare_at(
    prices: Mapping[int, BasePrice], variant_ids: set[int], currency: str
) -> dict[int, BasePrice]:
    """What the shop compares with stays, unless it is not above the price any more."""
    lines = PriceLine.objects.filter(
        price_list__currency=currency, price_list__is_base=True, variant_id__in=variant_ids, min_qty=1, valid_to=None,
        state=PriceLine.State.LIVE, compare_at__isnull=False,
    )  # fmt: skip
    known = lines.values_list("variant_id", "compare_at")
    return {pk: BasePrice(prices[pk].amount, old) for pk, old in known if old and old > (prices[pk].amount or 0)}
