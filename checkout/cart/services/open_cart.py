from __future__ import annotations

from checkout.cart.models import Cart


def open_cart(*, user_id: int, currency: str) -> Cart:
    """The user's cart, made at the first write. Two first writes at once make one cart (unique user)."""
    return Cart.objects.get_or_create(user_id=user_id, defaults={"currency": currency})[0]
