"""Stock and its ledger as they are shown, each list read in one statement. Rows, not models: nothing can be saved."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from catalog.inventory.models import StockItem
from shop.core.reading import Part, Telling, read_one, read_part


class SeenItem(NamedTuple):
    pk: int
    variant_id: int
    on_hand: int
    reserved: int
    low_stock_threshold: int
    max_per_order: int | None
    product_id: int
    sku: str
    location: str

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


class SeenMovement(NamedTuple):
    pk: int
    at: datetime
    delta: int
    kind: str
    reason: str
    actor: str
    reference: str


ITEMS = Telling(
    table="inventory_stockitem",
    columns="""inventory_stockitem.id, inventory_stockitem.variant_id, on_hand, reserved, low_stock_threshold,
        inventory_stockitem.max_per_order, product_variant.core_id, product_variant.sku, inventory_location.code""",
    found_by="JOIN product_variant ON product_variant.id = inventory_stockitem.variant_id",
    told_by="JOIN inventory_location ON inventory_location.id = inventory_stockitem.location_id",
)
MOVEMENTS = Telling(table="inventory_stockmovement", columns="id, at, delta, kind, reason, actor, reference")


def seen_items(part: Part) -> tuple[list[SeenItem], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(ITEMS, part)
    return [SeenItem._make(row) for row in rows], count


def seen_item(rows: QuerySet[StockItem]) -> SeenItem | None:
    """The only one of a queryset. One statement."""
    row = read_one(ITEMS, rows)
    return SeenItem._make(row) if row else None


def seen_movements(part: Part) -> tuple[list[SeenMovement], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(MOVEMENTS, part)
    return [SeenMovement._make(row) for row in rows], count
