from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkout.cart.models import Cart, CartLine, SavedLine
from shop.core.errors import NotThere


def save_line(*, cart_id: int, line_id: int, at: datetime) -> SavedLine:
    """Put a line of a cart aside; one of the same variant that lies there already takes the larger quantity. Raises
    NotThere. Locks: the cart."""
    with transaction.atomic():
        Cart.objects.select_for_update().get(pk=cart_id)
        line = CartLine.objects.filter(cart_id=cart_id, pk=line_id).first()
        if line is None:
            raise NotThere
        saved, is_new = SavedLine.objects.get_or_create(
            cart_id=cart_id, variant_id=line.variant_id, defaults={"quantity": line.quantity, "saved_at": at}
        )
        if not is_new and saved.quantity < line.quantity:
            saved.quantity = line.quantity
            saved.save(update_fields=["quantity"])
        line.delete()
    return saved
