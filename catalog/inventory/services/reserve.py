from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from catalog.inventory.errors import OutOfStock
from catalog.inventory.locks import lock_items
from catalog.inventory.models import StockItem
from catalog.inventory.services import change

# Both writes in one round trip: while it is on its way, everybody else who wants the item waits.
_HOLD = """
WITH wanted AS (SELECT * FROM unnest(%(items)s::bigint[], %(quantities)s::int[]) AS wanted (item, quantity)),
     held AS (
         INSERT INTO inventory_reservation (stock_item_id, reference, quantity, status, created_at, expires_at)
         SELECT item, %(reference)s, quantity, 'held', %(at)s, %(expires_at)s FROM wanted
     )
UPDATE inventory_stockitem SET reserved = reserved + wanted.quantity FROM wanted WHERE id = wanted.item
"""


@dataclass(frozen=True)
class Wanted:
    variant_id: int
    quantity: int


def reserve(*, lines: Sequence[Wanted], reference: str, at: datetime, expires_at: datetime | None = None) -> None:
    """Hold units for a reference: all lines or none. `expires_at=None` holds until claimed or released.

    Raises OutOfStock. Locks: stock items in primary-key order; take no lock after this one. A reference that already
    holds units of an item violates `reservation_held_once`. Inside the caller's transaction: a savepoint of its own
    would be two more round trips while everybody waits for the stock.
    """
    wanted = Counter[int]()
    for line in lines:
        wanted[line.variant_id] += line.quantity
    items = lock_items(variant_ids=wanted)
    _refuse_shortage(items, wanted)
    before = change.availability(items)
    taken = _take(items, wanted)
    _hold(taken, reference=reference, at=at, expires_at=expires_at)
    change.tell([item for item, _ in taken], before=before)


def _refuse_shortage(items: list[StockItem], wanted: Counter[int]) -> None:
    left = Counter[int]()
    skus = {}
    for item in items:
        left[item.variant_id] += item.available
        skus[item.variant_id] = item.variant.sku
    short = [
        {"variant_id": id_, "sku": skus.get(id_, ""), "requested": quantity, "available": left[id_]}
        for id_, quantity in wanted.items()
        if left[id_] < quantity
    ]
    if short:
        raise OutOfStock(short)


def _take(items: list[StockItem], wanted: Counter[int]) -> list[tuple[StockItem, int]]:
    """From the first location that has some, then from the next."""
    rest, taken = Counter(wanted), []
    for item in items:
        quantity = min(rest[item.variant_id], item.available)
        if quantity > 0:
            item.reserved += quantity
            rest[item.variant_id] -= quantity
            taken.append((item, quantity))
    return taken


def _hold(taken: list[tuple[StockItem, int]], **facts: str | datetime | None) -> None:
    items, quantities = [item.pk for item, _ in taken], [quantity for _, quantity in taken]
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"items": items, "quantities": quantities, **facts})
