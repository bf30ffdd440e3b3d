from __future__ import annotations

from django.db import transaction

from catalog.inventory.selectors import available_for, most_in_order
from checkout.cart.models import Cart, CartLine, SavedLine
from shop.core.db import lock_in_order


def merge_carts(*, user_id: int, token_hash: str | None) -> None:
    """A guest signed in: the guest's cart becomes the person's, or is added to it line by line.

    Quantities of one variant are added, capped at what an order may hold of it (999, where the shop says nothing) and at what is for
    sale (at least what stood there already).
    Locks: both carts in primary-key order.
    """
    if not token_hash:
        return
    with transaction.atomic():
        carts = lock_in_order(Cart.objects.filter(token_hash=token_hash) | Cart.objects.filter(user_id=user_id))
        guest = next((cart for cart in carts if cart.token_hash == token_hash), None)
        own = next((cart for cart in carts if cart.user_id == user_id), None)
        if guest is None:
            return
        if own is None:
            Cart.objects.filter(pk=guest.pk).update(user_id=user_id, token_hash=None)
        else:
            _pour(guest, own)
            guest.delete()


def _pour(guest: Cart, own: Cart) -> None:
    _take_saved_along(guest, own)
    lines = list(guest.lines.order_by("pk"))
    present = {line.variant_id: line for line in own.lines.all()}
    variants = [line.variant_id for line in lines]
    available, most = available_for(variants), most_in_order(variants)
    for line in lines:
        there = present.get(line.variant_id)
        cap = min(most[line.variant_id], available.get(line.variant_id, 0))
        if there is None:
            CartLine.objects.filter(pk=line.pk).update(cart=own, quantity=max(1, min(line.quantity, cap)))
        else:
            together = max(there.quantity, min(there.quantity + line.quantity, cap))
            CartLine.objects.filter(pk=there.pk).update(quantity=together)


def _take_saved_along(guest: Cart, own: Cart) -> None:
    """What both have put aside stays as the person had it."""
    there = own.saved.values("variant_id")
    SavedLine.objects.filter(cart=guest).exclude(variant_id__in=there).update(cart=own)
