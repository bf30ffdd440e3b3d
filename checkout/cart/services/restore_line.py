from __future__ import annotations

from django.db import transaction

from checkout.cart.models import Cart, SavedLine
from checkout.cart.selectors import CartItem
from checkout.cart.services.put_line import add_line
from shop.core.context import ShopContext
from shop.core.errors import NotThere


def restore_line(*, cart_id: int, saved_id: int, context: ShopContext) -> CartItem:
    """Put what was set aside into the cart again. What cannot be bought stays aside. Raises NotThere, NotForSale,
    NotEnough, TooManyOfOne, Invalid above 999. Locks: the cart."""
    with transaction.atomic():
        cart = Cart.objects.select_for_update().get(pk=cart_id)
        saved = SavedLine.objects.select_related("variant").filter(cart_id=cart_id, pk=saved_id).first()
        if saved is None:
            raise NotThere
        item, _is_new = add_line(cart=cart, variant=saved.variant, quantity=saved.quantity, context=context)
        saved.delete()
    return item
