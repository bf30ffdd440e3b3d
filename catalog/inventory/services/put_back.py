from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from catalog.inventory.locks import lock_items
from catalog.inventory.models import StockMovement
from catalog.inventory.services import change


def put_back(*, reference: str, at: datetime, reason: str, actor: str = "") -> int:
    """What left the shelf for a reference lies on it again; returns the units. Again: nothing is out any more.

    Locks: stock items in primary-key order.
    """
    moved = StockMovement.objects.filter(reference=reference)
    with transaction.atomic():
        items = lock_items(item_ids=moved.values_list("stock_item_id", flat=True))
        before = change.availability(items)
        out = dict(moved.values_list("stock_item_id").annotate(units=-Sum("delta")))
        back = [item for item in items if out.get(item.pk, 0) > 0]
        for item in back:
            item.on_hand += out[item.pk]
            StockMovement.objects.create(
                stock_item=item, delta=out[item.pk], kind=StockMovement.Kind.RETURN, reason=reason,
                reference=reference, actor=actor, at=at,
            )  # fmt: skip
        change.write(back, before=before)
    return sum(out[item.pk] for item in back)
