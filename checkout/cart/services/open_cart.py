from __future__ import annotations

from checkout.cart.models import Cart
from checkout.cart.selectors import find_cart


def open_cart(*, user_id: int | None, token_hash: str | None, currency: str) -> Cart:
    """The caller's cart, made at the first write. Two first writes at once make one cart (unique user, unique token)."""
    cart = find_cart(user_id=user_id, token_hash=token_hash)
    if cart is None:
        owner = {"user_id": user_id} if user_id is not None else {"token_hash": token_hash}
        cart = Cart.objects.get_or_create(**owner, defaults={"currency": currency})[0]
    return cart
