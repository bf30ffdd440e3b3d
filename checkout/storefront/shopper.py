"""The shopper of a page: who it is, what they have in the cart, and what it costs now."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from checkout.cart.models import Cart
from checkout.cart.selectors import CartView, find_cart, view_cart
from checkout.storefront.caller import page_caller
from shop.core.api.caller import Caller
from shop.core.api.context import page_context
from shop.core.context import ShopContext
from shop.core.errors import Invalid


@dataclass(frozen=True)
class Shopper:
    caller: Caller
    context: ShopContext
    cart: Cart | None
    view: CartView


def shopper_of(request: HttpRequest, *, shipping_code: str = "") -> Shopper:
    """Read the cart, sent the chosen way; a way that is no longer offered counts as none chosen."""
    caller, context = page_caller(request), page_context(request)
    cart = cart_of(caller)
    try:
        view = view_cart(cart, context, shipping_code=shipping_code)
    except Invalid:
        view = view_cart(cart, context)
    return Shopper(caller, context, cart, view)


def cart_of(caller: Caller) -> Cart | None:
    return find_cart(user_id=caller.user.pk if caller.user else None, token_hash=caller.cart_token_hash)
