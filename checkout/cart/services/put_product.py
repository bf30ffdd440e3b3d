from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction

from checkout.cart.models import Cart
from checkout.cart.selectors import CartItem, find_cart
from checkout.cart.services.find_variant import find_variant
from checkout.cart.services.open_cart import open_cart
from checkout.cart.services.put_line import add_line
from shop.core.api.caller import Caller, hash_token
from shop.core.context import ShopContext


@dataclass(frozen=True, slots=True)
class Put:
    """`new_token`: what a guest whose cart was made now is to keep; only its hash is stored."""

    item: CartItem
    is_new: bool
    new_token: str = ""


def put_product(*, caller: Caller, product_id: int, variant_id: int | None, quantity: int, context: ShopContext) -> Put:
    """Put units of a product into the caller's cart, which is made if there is none.

    Raises Invalid, NotForSale, NotEnough, TooManyOfOne; then no cart was made either. Locks: the line, by its upsert.
    """
    variant = find_variant(product_id=product_id, variant_id=variant_id)
    user_id = caller.user.pk if caller.user else None
    with transaction.atomic():
        cart, new_token = find_cart(user_id=user_id, token_hash=caller.cart_token_hash), ""
        if cart is None and user_id is not None:
            cart = open_cart(user_id=user_id, currency=context.currency)
        elif cart is None:
            new_token = secrets.token_urlsafe(32)
            cart = Cart.objects.create(token_hash=hash_token(new_token), currency=context.currency)
        item, is_new = add_line(cart=cart, variant=variant, quantity=quantity, context=context)
    return Put(item, is_new, new_token)
