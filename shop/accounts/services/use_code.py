"""A code from an SMS was typed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shop.accounts import challenges
from shop.accounts.errors import ChallengeOver, WrongCode
from shop.accounts.events import PhoneConfirmed
from shop.accounts.limits import CODE_TRIES_OF_PHONE
from shop.accounts.models import Challenge, User
from shop.core import limits
from shop.core.db import lock_in_order
from shop.core.outbox import publish

Purpose = Challenge.Purpose


def sign_in_by_code(*, key: str, code: str, at: datetime) -> User:
    """Whose telephone it was: a first proof, as a password is. Raises WrongCode for every cause alike, ChallengeOver,
    TooMany."""
    row = _right(key, Purpose.PHONE_SIGN_IN, code, at)
    user = row.user
    if user is None or not user.is_active or user.phone != row.phone or user.phone_verified_at is None:
        raise WrongCode
    challenges.use(row)
    return user


def confirm_phone(*, user: User, key: str, code: str, at: datetime) -> User:
    """The number is theirs from now on, and nobody else's. Raises WrongCode, ChallengeOver, TooMany.

    Locks: both people by primary key.
    """
    row = _right(key, Purpose.PHONE, code, at, owner=user)
    with transaction.atomic():
        held = User.objects.filter(phone=row.phone, phone_verified_at__isnull=False).exclude(pk=user.pk)
        former = held.values_list("pk", flat=True).first()
        list(lock_in_order(User.objects.filter(pk__in=[user.pk, former or 0])))
        challenges.use(row)
        held.update(phone_verified_at=None)
        User.objects.filter(pk=user.pk).update(phone=row.phone, phone_verified_at=at)
        publish(PhoneConfirmed(user_id=user.pk, former_user_id=former), aggregate=f"user:{user.pk}", at=at)
    user.refresh_from_db(fields=["phone", "phone_verified_at"])
    return user


def _right(key: str, purpose: str, code: str, at: datetime, owner: User | None = None) -> Challenge:
    row = challenges.count_try(key, purpose, at)
    if owner is not None and row.user_id != owner.pk:
        raise ChallengeOver
    attempt = limits.count(CODE_TRIES_OF_PHONE, row.phone)
    if not challenges.is_code_of(row, code):
        raise WrongCode
    attempt.take_back()
    return row
