from __future__ import annotations

from django.db import connection

from shop.accounts.models import User

LOCK = "SELECT erased_at IS NULL FROM accounts_user WHERE id = %s FOR KEY SHARE"


def keep_from_erasure(user: User) -> bool:
    """Hold off the closing of an account until this transaction ends; False where it is closed already. What is written
    about a person in between is then erased with the rest, or not written at all. Call inside a transaction.

    Locks: the user, as the key of a new row would (nobody else who writes to this person waits).
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [user.pk])
        row = cursor.fetchone()
    return bool(row and row[0])
