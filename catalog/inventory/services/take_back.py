from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from catalog.inventory.errors import NotOut
from catalog.inventory.locks import lock_items
from catalog.inventory.models import StockItem, StockMovement
from catalog.inventory.services import change

K = StockMovement.Kind
Units = list[tuple[StockItem, int]]


@dataclass(frozen=True)
class Back:
    """Units of a variant that came back. What cannot be sold again is written off at once."""

    variant_id: int
    quantity: int
    is_fit: bool = True


def take_back(*, lines: Sequence[Back], reference: str, at: datetime, reason: str, actor: str = "") -> None:
    """Units that had left for a reference come back to the shelves that they left. A write-off is a return and an
    adjustment, so that the ledger knows both. Raises NotOut when more would come back than is out.

    Locks: stock items in primary-key order.
    """
    with transaction.atomic():
        items = lock_items(variant_ids={line.variant_id for line in lines})
        before, out = change.availability(items), _out(items, reference)
        back = [(line, part) for line in lines for part in _spread(line, items, out)]
        for line, (item, units) in back:
            item.on_hand += units if line.is_fit else 0
        StockMovement.objects.bulk_create(
            StockMovement(stock_item=item, delta=delta, kind=kind, reason=reason[:200], reference=reference,
                          actor=actor, at=at)
            for line, (item, units) in back
            for kind, delta in _moves(line, units)
        )  # fmt: skip
        change.write(items, before=before)


def _out(items: Iterable[StockItem], reference: str) -> Counter[int]:
    """Units that are out for the reference, by stock item. Adjustments move what is here."""
    moved = StockMovement.objects.filter(stock_item__in=items, reference=reference, kind__in=[K.SALE, K.RETURN])
    return Counter(dict(moved.values_list("stock_item_id").annotate(units=-Sum("delta"))))


def _spread(line: Back, items: list[StockItem], out: Counter[int]) -> Units:
    rest, parts = line.quantity, []
    for item in items:
        units = min(rest, out[item.pk]) if item.variant_id == line.variant_id else 0
        if units > 0:
            rest -= units
            out[item.pk] -= units
            parts.append((item, units))
    if rest:
        raise NotOut(missing={line.variant_id: rest})
    return parts


def _moves(line: Back, units: int) -> list[tuple[str, int]]:
    return [(K.RETURN, units)] if line.is_fit else [(K.RETURN, units), (K.ADJUSTMENT, -units)]
