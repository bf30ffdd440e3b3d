from __future__ import annotations

from django.db import transaction

from shop.accounts import selectors
from shop.accounts.models import Address, User


def delete_address(*, user: User, address_id: int) -> None:
    """The newest of the others becomes the default, if the default goes. Raises NotThere. Locks: the user."""
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        address = selectors.address_of(user, address_id)
        address.delete()
        if address.is_default:
            heir = selectors.addresses_of(user).first()
            if heir:
                Address.objects.filter(pk=heir.pk).update(is_default=True)
