from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.pricing.models import PriceList
from catalog.pricing.services.add_price_line import NewLine, add_price_line
from shop.core.errors import Invalid, NotThere


def add_price_lines(*, price_list: str, lines: Sequence[NewLine], at: datetime) -> int:
    """Add many dated prices to the list of this code, all or none; what runs when one begins ends there. Amounts in
    minor units of the list's currency. Returns how many were added.

    Raises NotThere for the list, TypedOnProduct for the base list, Invalid naming each bad row (`rows.3.amount`).
    Locks: the price list.
    """
    found = PriceList.objects.filter(code=price_list).first()
    if found is None:
        raise NotThere
    errors: dict[str, list] = {}
    with transaction.atomic():
        for row, line in enumerate(lines):
            try:
                add_price_line(price_list_id=found.pk, line=line, at=at, interrupt=True)
            except Invalid as refusal:
                errors |= {f"rows.{row}.{field}": said for field, said in refusal.errors.items()}
        if errors:
            raise Invalid(errors=errors)
    return len(lines)
