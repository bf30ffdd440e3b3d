"""What the shop knows of a person through their wishlist. All of it goes with the account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from catalog.wishlist.models import WishlistItem
from catalog.wishlist.selectors import items_of
from shop.core.personal_data import on_erase, personal_data


@personal_data("wishlist")
def wishlist_of(user) -> list[dict[str, Any]]:
    return [dict(row) for row in items_of(user).values("core_id", "variant_id", "price", "currency", "added_at")]


@on_erase
def forget_wishlist(user, at: datetime) -> None:
    WishlistItem.objects.filter(user=user).delete()
