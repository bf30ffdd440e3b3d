"""Whom an access token lets in: session, person and groups in one statement."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from shop.accounts.devices import PROVED
from shop.accounts.models import User
from shop.accounts.roles import lower_without_proof
from shop.accounts.selectors import GROUPS_OF_PERSON

FIELDS = [field.attname for field in User._meta.concrete_fields]
CALLER = f"""
    SELECT {", ".join(f'accounts_user."{field.column}"' for field in User._meta.concrete_fields)},
        session.session_data, {GROUPS_OF_PERSON}
    FROM django_session AS session JOIN accounts_user ON accounts_user.id = %s
    WHERE session.session_key = %s AND session.expire_date > %s
"""  # noqa: S608


def find_caller(*, session_key: str, user_id: str) -> User | None:
    """The person, if the session is theirs and goes on; their groups are known. Who showed no second proof has not the
    power of staff where the shop asks for one. One query."""
    if not user_id.isdecimal():
        return None
    with connection.cursor() as cursor:
        cursor.execute(CALLER, [int(user_id), session_key, timezone.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    *values, kept, groups = row
    user, held = User.from_db(connection.alias, FIELDS, values), SessionStore().decode(kept)
    if not _is_bound(held, user):
        return None
    user.known_groups = groups
    lower_without_proof(user, bool(held.get(PROVED)))
    return user


def _is_bound(held: dict[str, Any], user: User) -> bool:
    """What `django.contrib.auth.get_user` asks of a session: that a disabled account, a new password or a lost role has
    ended it. Older SECRET_KEYs are not tried: what names the session in a token is encrypted with the newest."""
    return (
        held.get(SESSION_KEY) == str(user.pk)
        and held.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and user.is_active
        and constant_time_compare(held.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    )
