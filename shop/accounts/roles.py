"""Roles are Django groups. A customer is in none of them; an administrator is a superuser too.

Rooms say what a role may do in the Wagtail admin, in their AppConfig.ready():

    grant("merchandiser", "product.add_product", "product.change_product")

The permissions are given to the groups after each `migrate` (services/ensure_roles.py).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings

ADMIN = "admin"  # everything
MERCHANDISER = "merchandiser"  # catalogue, prices, promotions, inventory, reviews; orders: see, ship, deliver
SUPPORT = "support"  # customers; orders: see, ship, deliver, cancel, return, refund; notifications
VENDOR = "vendor"  # its own products, stock and order lines
CUSTOMER = "customer"  # no group

GROUPS = (ADMIN, MERCHANDISER, SUPPORT, VENDOR)  # the highest first
ROLES = (*GROUPS, CUSTOMER)
STAFF = frozenset({ADMIN, MERCHANDISER, SUPPORT})

grants: dict[str, set[str]] = defaultdict(set)


def grant(role: str, *permissions: str) -> None:
    """Say that a role has permissions, by `app_label.codename`. The administrator has all and needs none."""
    if role not in GROUPS:
        raise ValueError(f"{role} is not a role with a group")
    grants[role].update(permissions)


def roles_of(user: Any) -> frozenset[str]:
    """All roles of somebody. One query per user object, none for guests, superusers and who came in by a token; kept on
    the object."""
    if not getattr(user, "is_active", False) or user.pk is None:
        return frozenset()
    if user.is_superuser and not user.second_factor_missing:
        return frozenset({ADMIN})
    if not hasattr(user, "_roles"):
        names = _groups_of(user) & set(GROUPS)
        lowered = names - STAFF if user.second_factor_missing else names
        user._roles = frozenset(lowered) or frozenset({CUSTOMER})
    return user._roles


def role_of(user: Any) -> str:
    """The highest role, as the API names it. Of a disabled account: what it would be."""
    if user.is_superuser:
        return ADMIN
    names = _groups_of(user) if user.pk else frozenset()
    return next((role for role in GROUPS if role in names), CUSTOMER)


def has_role(user: Any, *roles: str) -> bool:
    """Whether an active user has one of the roles. An administrator has every one."""
    mine = roles_of(user)
    return bool(mine & set(roles)) or ADMIN in mine


def needs_second_factor(user: Any) -> bool:
    """Whether the shop asks this person for one (docs/accounts.md). One query, none where it asks nobody."""
    if not settings.REQUIRE_STAFF_SECOND_FACTOR:
        return False
    return user.is_staff or user.is_superuser or bool(_groups_of(user) & STAFF)


def lower_without_proof(user: Any, proved: bool) -> None:
    """Without a second proof nobody has the power of staff, whatever their groups say. No query."""
    user.second_factor_missing = settings.REQUIRE_STAFF_SECOND_FACTOR and not proved


def _groups_of(user: Any) -> frozenset[str]:
    if user.known_groups is not None:
        return frozenset(user.known_groups)
    return frozenset(group.name for group in user.groups.all())
