from __future__ import annotations

from django.db import transaction

from checkout.order.locks import lock_order
from checkout.order.models import Order
from shop.accounts.models import User


def claim_order(*, order_id: int) -> bool:
    """A guest's order becomes the account's that had proved the address is theirs before it was placed. Asked once the
    order is on its way or over: until then it belongs to the browser that places and pays it. Again: no effect.

    Raises NotThere. Locks: the order.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        if order.user_id is not None or not order.email:
            return False
        user = User.objects.filter(email__iexact=order.email, is_verified=True, is_active=True).first()
        return bool(user) and bool(Order.objects.filter(pk=order.pk).update(user=user))
