from __future__ import annotations

from catalog.wishlist.models import WishlistItem
from shop.accounts.models import User


def drop_product(*, user: User, product_id: int) -> None:
    """Take a product off a person's list. Again: no effect."""
    WishlistItem.objects.filter(user=user, core_id=product_id).delete()
