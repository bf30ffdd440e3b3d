from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from catalog.listing.postgres import cards_for
from catalog.product.models import Variant
from catalog.wishlist.models import MOST, WishlistItem
from catalog.wishlist.selectors import as_they_stand
from shop.accounts.models import User
from shop.core.context import ShopContext
from shop.core.errors import Conflict, Invalid, NotThere


def keep_product(
    *, user: User, product_id: int, context: ShopContext, at: datetime, variant_id: int | None = None
) -> tuple[WishlistItem, bool]:  # fmt: skip
    """Put a product on a person's list, with what it costs now; returns the item and whether it is new. One that stands
    there keeps its place and price; another variant of it takes the place of the one before.

    Raises NotThere, Invalid (`variant_id`), Conflict (`wishlist_full`). Locks: nothing.
    """
    if not cards_for([product_id], context):
        raise NotThere
    if variant_id and not Variant.objects.filter(pk=variant_id, core_id=product_id, active=True).exists():
        raise Invalid(errors={"variant_id": [_("This product has no such variant.")]})
    known = WishlistItem.objects.filter(user=user, core_id=product_id).first()
    if known is None and WishlistItem.objects.filter(user=user).count() >= MOST:
        raise Conflict(_("Your list is full: take something off it first."), code="wishlist_full")
    if known is None or (variant_id and variant_id != known.variant_id):
        return _write(user, product_id, variant_id, context, at)
    return known, False


def _write(
    user: User, product_id: int, variant_id: int | None, context: ShopContext, at: datetime
) -> tuple[WishlistItem, bool]:  # fmt: skip
    item = WishlistItem(user=user, core_id=product_id, variant_id=variant_id, currency=context.currency)
    [wished] = as_they_stand([item], context)
    facts = {
        "variant_id": variant_id,
        "price": wished.price.minor if wished.price else None,
        "currency": context.currency,
    }
    return WishlistItem.objects.update_or_create(
        user=user, core_id=product_id, defaults=facts, create_defaults={**facts, "added_at": at}
    )
