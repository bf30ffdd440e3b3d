"""Sign out elsewhere: one device, or all but this one."""

from __future__ import annotations

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F

from shop.accounts import devices, selectors
from shop.accounts.models import SignIn, User


def end_sign_in(*, user: User, sign_in_id: int) -> None:
    """Raises NotThere, also for somebody else's."""
    row = selectors.sign_in_of(user, sign_in_id)
    devices.end_session(row.session_key)
    row.delete()


def end_other_sign_ins(*, user: User, here: SessionBase | None) -> None:
    """All but `here` end, also those that no row knows. Locks: the user."""
    with transaction.atomic():
        end_everything(user)
        if here is not None:
            here[HASH_SESSION_KEY] = user.get_session_auth_hash()
            here.save()
        others = SignIn.objects.filter(user=user).exclude(session_key=here.session_key if here else None)
        for row in others:
            devices.end_session(row.session_key)
        others.delete()
        SignIn.objects.filter(user=user).update(bound_to=user.get_session_auth_hash())


def end_everything(user: User) -> None:
    """Every session and token of a person ends; `user` knows the new state. Call inside a transaction. Locks: the user."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
