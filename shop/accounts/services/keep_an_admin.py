from __future__ import annotations

from django.db.models import Q

from shop.accounts.errors import LastAdmin
from shop.accounts.models import User
from shop.core.db import lock_in_order
from shop.core.errors import NotThere


def keep_an_admin(*, without: int) -> User:
    """Lock a user who is about to lose power, with all administrators, so that two cannot remove each other at once.

    Returns the user. Raises LastAdmin, NotThere. Call inside the transaction. Locks: users by primary key.
    """
    locked = {
        user.pk: user
        for user in lock_in_order(User.objects.filter(Q(is_superuser=True, is_active=True) | Q(pk=without)))
    }
    user = locked.get(without)
    if user is None or user.erased_at:
        raise NotThere
    admins = {pk for pk, other in locked.items() if other.is_superuser and other.is_active}
    if admins == {without}:
        raise LastAdmin
    return user
