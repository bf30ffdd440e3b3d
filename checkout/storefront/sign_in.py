from __future__ import annotations

from checkout.cart.services.merge_carts import merge_carts
from checkout.storefront.caller import CART_COOKIE
from shop.accounts.sign_in_hooks import on_sign_in
from shop.core.api.caller import hash_token


@on_sign_in
def take_the_cart_along(request, user) -> None:
    """At both doors: a program sends its cart's token with the sign-in, a browser its cookie."""
    token = request.headers.get("X-Cart-Token") or request.COOKIES.get(CART_COOKIE)
    merge_carts(user_id=user.pk, token_hash=hash_token(token))
