from __future__ import annotations

from django.db import transaction

from checkout.order.models import Order
from shop.accounts.models import User
from shop.core.db import lock_in_order


def claim_guest_orders(*, user_id: int) -> int:
    """What was bought as a guest with an address becomes the account's that has proved it is theirs; returns how many.
    An address that is not verified claims nothing. The link of a mail opens the order all the same. Again: no effect.

    Locks: the orders, by primary key.
    """
    user = User.objects.filter(pk=user_id, is_verified=True, is_active=True).exclude(email="").first()
    if user is None:
        return 0
    with transaction.atomic():
        orders = lock_in_order(Order.objects.filter(user=None, email__iexact=user.email))
        return Order.objects.filter(pk__in=[order.pk for order in orders]).update(user=user)
