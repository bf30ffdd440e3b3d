from __future__ import annotations

from catalog.viewed.models import KEPT, View
from shop.accounts.models import User


def viewed_ids(user: User) -> list[int]:
    """What a person looked at, the latest first. One query."""
    rows = View.objects.filter(user=user).order_by("-at", "-pk")
    return list(rows.values_list("core_id", flat=True)[:KEPT])
