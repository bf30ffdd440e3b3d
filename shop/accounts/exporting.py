"""This room's part of the personal export."""

from __future__ import annotations

from typing import Any

from shop.accounts import roles, selectors
from shop.accounts.models import User
from shop.accounts.rules import FIELDS
from shop.core.personal_data import personal_data


@personal_data("profile")
def profile_of(user: User) -> dict[str, Any]:
    facts = ("id", "username", "email", "name", "phone", "is_verified", "locale", "date_joined", "last_login")
    return {fact: getattr(user, fact) for fact in facts} | {"role": roles.role_of(user)}


@personal_data("addresses")
def addresses_of(user: User) -> list[dict[str, Any]]:
    facts = ("id", *FIELDS, "is_default", "created_at")
    return [{fact: getattr(address, fact) for fact in facts} for address in selectors.addresses_of(user)]
