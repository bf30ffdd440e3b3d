from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from catalog.inventory.errors import OutOfStock
from catalog.inventory.models import StockItem
from catalog.inventory.services import change
from catalog.product.models import Variant

# All in one round trip: while a further one is on its way, everybody else who wants the item waits. Takes from the
# first location that has some, then from the next; nothing at all where one variant is short.
HOLD = """
WITH wanted AS (
         SELECT * FROM unnest(%(variants)s::bigint[], %(quantities)s::int[]) AS wanted (variant_id, quantity)
     ),
     locked AS MATERIALIZED (
         SELECT id, variant_id, on_hand - reserved AS available, low_stock_threshold
         FROM inventory_stockitem WHERE variant_id = ANY(%(variants)s::bigint[])
         ORDER BY id FOR UPDATE
     ),
     shares AS (
         SELECT locked.*, quantity, sum(available) OVER (PARTITION BY variant_id) AS in_all,
                GREATEST(0, LEAST(available, quantity + available - sum(available) OVER (
                    PARTITION BY variant_id ORDER BY id
                ))) AS taken
         FROM locked JOIN wanted USING (variant_id)
     ),
     enough AS (
         SELECT NOT EXISTS (
             SELECT FROM wanted LEFT JOIN shares USING (variant_id)
             WHERE wanted.quantity > COALESCE(shares.in_all, 0)
         ) AS is_so
     ),
     held AS (
         INSERT INTO inventory_reservation (stock_item_id, reference, quantity, status, created_at, expires_at)
         SELECT id, %(reference)s, taken, 'held', %(at)s, %(expires_at)s
         FROM shares, enough WHERE enough.is_so AND taken > 0
     ),
     changed AS (
         UPDATE inventory_stockitem AS item SET reserved = reserved + shares.taken
         FROM shares, enough WHERE enough.is_so AND taken > 0 AND item.id = shares.id
     )
SELECT id, variant_id, available, low_stock_threshold, taken, enough.is_so FROM shares, enough ORDER BY id
"""


@dataclass(frozen=True)
class Wanted:
    variant_id: int
    quantity: int


class _Share(NamedTuple):
    """What a stock item gives to this demand. `available` is as before."""

    item_id: int
    variant_id: int
    available: int
    threshold: int
    taken: int
    is_enough: bool  # for the whole demand, so the same in all: else nothing was taken anywhere


def reserve(*, lines: Sequence[Wanted], reference: str, at: datetime, expires_at: datetime | None = None) -> None:
    """Hold units for a reference: all lines or none. `expires_at=None` holds until claimed or released.

    Raises OutOfStock. Locks: stock items in primary-key order; take no lock after this one. A reference that already
    holds units of an item violates `reservation_held_once`. Inside the caller's transaction: a savepoint of its own
    would be two more round trips while everybody waits for the stock.
    """
    wanted = Counter[int]()
    for line in lines:
        wanted[line.variant_id] += line.quantity
    shares = _hold(wanted, reference=reference, at=at, expires_at=expires_at)
    if wanted and not (shares and shares[0].is_enough):
        raise OutOfStock(_shortages(wanted, shares))
    _tell(shares)


def _hold(wanted: Counter[int], **facts: str | datetime | None) -> list[_Share]:
    with connection.cursor() as cursor:
        cursor.execute(HOLD, {"variants": list(wanted), "quantities": list(wanted.values()), **facts})
        return [_Share(*row) for row in cursor.fetchall()]


def _shortages(wanted: Counter[int], shares: list[_Share]) -> list[dict]:
    left = Counter[int]()
    for share in shares:
        left[share.variant_id] += share.available
    short = [pk for pk, quantity in wanted.items() if left[pk] < quantity]
    skus = dict(Variant.objects.filter(pk__in=short).values_list("pk", "sku"))
    return [{"variant_id": pk, "sku": skus.get(pk, ""), "requested": wanted[pk], "available": left[pk]} for pk in short]


def _tell(shares: list[_Share]) -> None:
    """The rows are read again only for the rare news: sold out, running low."""
    news = [s.item_id for s in shares if change.is_news(s.available, s.available - s.taken, threshold=s.threshold)]
    if news:
        items = StockItem.objects.select_related("variant").filter(pk__in=news).order_by("pk")
        change.tell(items, before={share.item_id: share.available for share in shares})
