from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from shop.accounts import challenges, factors
from shop.accounts.errors import ChallengeOver, FactorThere, WrongCode
from shop.accounts.events import SecondFactorAdded
from shop.accounts.models import Challenge, User
from shop.core.encryption import encrypt
from shop.core.outbox import publish


def confirm_totp(*, user: User, key: str, code: str, at: datetime, as_first: bool = False) -> list[str]:
    """Take an authenticator app as a second factor. Returns new recovery codes, if there were none: show them once.

    `as_first`: only where there is no factor at all. Raises WrongCode, ChallengeOver, FactorThere. Locks: the user.
    """
    row = challenges.count_try(key, Challenge.Purpose.TOTP, at)
    if row.user_id != user.pk:
        raise ChallengeOver
    counter = factors.counter_of(row.secret, code)
    if counter is None:
        raise WrongCode
    with transaction.atomic():
        factors.lock(user)
        kept = factors.factors_of(user)
        if any(as_first or factor.type == factors.TOTP for factor in factors.strong(kept)):
            raise FactorThere
        challenges.use(row)
        data = {"secret": encrypt(row.secret), "used": counter}
        Authenticator.objects.create(user=user, type=factors.TOTP, data=data, created_at=at)
        publish(SecondFactorAdded(user_id=user.pk, factor=factors.TOTP), aggregate=f"user:{user.pk}", at=at)
        return [] if factors.codes_left(kept) else factors.give_recovery_codes(user)
