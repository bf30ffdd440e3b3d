from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from shop.accounts import roles
from shop.accounts.models import User
from shop.accounts.services.keep_an_admin import keep_an_admin
from shop.core.errors import NotThere


def change_user(*, user_id: int, role: str | None = None, is_active: bool | None = None) -> User:
    """Give somebody a role, enable or disable them. A role lost or a disabled account ends sessions and tokens.

    Raises LastAdmin, NotThere. Locks: administrators and the user by primary key.
    """
    with transaction.atomic():
        weaker = is_active is False or (role is not None and role != roles.ADMIN)
        user = keep_an_admin(without=user_id) if weaker else _lock(user_id)
        if is_active is not None and user.is_active != is_active:
            user.is_active = is_active
            user.save(update_fields=["is_active"])
        if role is not None and roles.role_of(user) != role:
            _set_role(user, role)
    user.refresh_from_db()
    return user


def _lock(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id, erased_at=None).first()
    if user is None:
        raise NotThere
    return user


def _set_role(user: User, role: str) -> None:
    user.is_superuser = user.is_staff = role == roles.ADMIN
    user.save(update_fields=["is_superuser", "is_staff"])
    user.groups.remove(*Group.objects.filter(name__in=set(roles.GROUPS) - {role}))
    if role in roles.GROUPS:
        user.groups.add(Group.objects.get(name=role))
