from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.pricing.events import PriceChanged
from catalog.pricing.models import PriceLine
from catalog.pricing.services.add_price_line import lock_list
from shop.core.errors import NotThere
from shop.core.outbox import publish


def end_price_line(*, line_id: int, at: datetime) -> None:
    """A price holds no longer; one that has not begun yet is taken back. Again: no effect.

    Raises NotThere, TypedOnProduct. Locks: the price list.
    """
    with transaction.atomic():
        found = PriceLine.objects.select_related("variant").filter(pk=line_id, state=PriceLine.State.LIVE).first()
        if found is None:
            raise NotThere
        lock_list(found.price_list_id)
        line = PriceLine.objects.filter(pk=line_id).first()
        if line is None or (line.valid_to is not None and line.valid_to <= at):
            return
        if line.valid_from is not None and line.valid_from >= at:
            line.delete()
        else:
            line.valid_to = at
            line.save(update_fields=["valid_to"])
        core_id = found.variant.core_id
        publish(PriceChanged([core_id]), aggregate=f"product:{core_id}", at=at)
