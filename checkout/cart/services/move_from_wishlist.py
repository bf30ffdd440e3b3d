from __future__ import annotations

from django.db import transaction

from catalog.wishlist.selectors import item_of
from catalog.wishlist.services.drop_product import drop_product
from checkout.cart.services.put_product import Put, put_product
from shop.accounts.models import User
from shop.core.api.caller import Caller
from shop.core.context import ShopContext


def move_from_wishlist(*, user: User, caller: Caller, item_id: int, context: ShopContext) -> Put:
    """One piece of what stands on a person's list goes into their cart, and off the list: both or neither. Raises
    NotThere, Invalid (`variant_id`) where one has to be chosen, NotForSale, NotEnough. Locks: the cart's line."""
    with transaction.atomic():
        item = item_of(user, item_id)
        put = put_product(
            caller=caller, product_id=item.core_id, variant_id=item.variant_id, quantity=1, context=context
        )
        drop_product(user=user, product_id=item.core_id)
    return put
