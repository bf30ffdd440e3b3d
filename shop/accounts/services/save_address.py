from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from shop.accounts import rules, selectors
from shop.accounts.errors import TooManyAddresses
from shop.accounts.models import Address, User

MOST = 50


def save_address(
    *, user: User, fields: Mapping[str, Any], address_id: int | None = None, make_default: bool = False
) -> Address:
    """Keep a new address, or replace `fields` of one. The first one is the default. Raises Invalid, NotThere,
    TooManyAddresses. Locks: the user, so that exactly one default stays.
    """
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        address = selectors.address_of(user, address_id) if address_id else _blank(user)
        known = {field: getattr(address, field) for field in rules.FIELDS}
        for field, value in rules.clean_address(known | dict(fields)).items():
            setattr(address, field, value)
        if make_default and not address.is_default:
            Address.objects.filter(user=user, is_default=True).update(is_default=False)
            address.is_default = True
        address.save()
    return address


def _blank(user: User) -> Address:
    kept = Address.objects.filter(user=user).count()
    if kept >= MOST:
        raise TooManyAddresses
    return Address(user=user, is_default=not kept)
