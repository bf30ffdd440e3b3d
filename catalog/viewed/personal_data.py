"""What the shop knows of what a person looked at. All of it goes with the account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from catalog.viewed.models import View
from shop.core.personal_data import on_erase, personal_data


@personal_data("recently_viewed")
def views_of(user) -> list[dict[str, Any]]:
    return [dict(row) for row in View.objects.filter(user=user).order_by("-at").values("core_id", "at")]


@on_erase
def forget_views(user, at: datetime) -> None:
    View.objects.filter(user=user).delete()
