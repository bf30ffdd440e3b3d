from __future__ import annotations

from django.db import transaction

from shop.accounts import selectors
from shop.accounts.models import Address, User


def set_default_address(*, user: User, address_id: int) -> Address:
    """Raises NotThere. Locks: the user, so that exactly one default stays."""
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        address = selectors.address_of(user, address_id)
        if not address.is_default:
            Address.objects.filter(user=user, is_default=True).update(is_default=False)
            address.is_default = True
            address.save(update_fields=["is_default"])
    return address
