"""Writes made-up products, some hundred at a time, so that memory stays the same however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from catalog.inventory.services.ensure_items import ensure_items
from catalog.inventory.services.open_stock import open_stock
from catalog.listing.services.refresh import refresh
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import Variant
from catalog.product.services.insert_products import Inserted, NewProduct, insert_products
from shop.core.db import in_chunks
from shop.management.scale.ground import Ground
from shop.management.scale.products import MadeUp, first_sku, make_up

CHUNK = 500
DAYS = 540
DROPS = 200  # products come into the shop on so many days, the newest today


def stock_up(
    *, total: int, seed: int, ground: Ground, today: datetime, advanced: Callable[[int], object]
) -> int:  # fmt: skip
    """Bring products 0 to `total`−1 into the shop, those that are there already excepted; returns how many were made.

    A chunk is one transaction: a run that was killed goes on where it stopped.
    """
    drop = max(1, total // DROPS)
    made = 0
    for numbers in in_chunks(range(total), max(CHUNK // drop, 1) * drop):
        missing = _missing(numbers)
        with transaction.atomic():
            cores = [
                one.core.pk
                for drop_numbers in in_chunks(missing, drop)
                for one in _insert([make_up(n, seed=seed, ground=ground) for n in drop_numbers],
                                   at=_day(drop_numbers[0], total, today))
            ]  # fmt: skip
            refresh(cores)
        made += len(cores)
        advanced(len(numbers))
    _analyze()
    return made


def _missing(numbers: Sequence[int]) -> list[int]:
    by_sku = {first_sku(number): number for number in numbers}
    for sku in Variant.objects.filter(sku__in=by_sku, active=True).values_list("sku", flat=True):
        del by_sku[sku]
    return list(by_sku.values())


def _day(number: int, total: int, today: datetime) -> datetime:
    return today - timedelta(days=DAYS * (total - number) / total)


def _insert(made_up: Sequence[MadeUp], *, at: datetime) -> list[Inserted]:
    inserted = insert_products(products=[NewProduct(one.fields) for one in made_up], at=at)
    variants = {variant.sku: variant.pk for one in inserted for variant in one.variants}
    specs = [spec for one in made_up for spec in one.fields["variants"]]
    prices = {variants[s["sku"]]: BasePrice(s["price"], s.get("compare_at_price")) for s in specs}
    set_base_prices(prices=prices, currency=settings.DEFAULT_CURRENCY, at=at)
    ensure_items(variant_ids=variants.values())
    stock = {variants[sku]: units for one in made_up for sku, units in one.stock.items()}
    open_stock(quantities=stock, at=at, reference="seed_scale", actor="seed_scale")
    return inserted


def _analyze() -> None:
    """What a running shop's autovacuum does within minutes: the planner has never seen so many rows."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if not connection.in_atomic_block else "ANALYZE")
