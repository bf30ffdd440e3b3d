from __future__ import annotations

from datetime import datetime
from typing import Any

from checkout.cart.models import Cart, CartLine, SavedLine
from shop.core.personal_data import on_erase, personal_data


@personal_data("cart")
def cart_of_person(user) -> list[dict[str, Any]]:
    lines = CartLine.objects.filter(cart__user=user).select_related("variant").order_by("pk")
    return [{"sku": line.variant.sku, "quantity": line.quantity, "added_at": line.added_at} for line in lines]


@personal_data("saved_for_later")
def saved_of_person(user) -> list[dict[str, Any]]:
    lines = SavedLine.objects.filter(cart__user=user).select_related("variant").order_by("pk")
    return [{"sku": line.variant.sku, "quantity": line.quantity, "saved_at": line.saved_at} for line in lines]


@on_erase
def forget_cart(user, at: datetime) -> None:
    Cart.objects.filter(user=user).delete()
