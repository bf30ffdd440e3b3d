from __future__ import annotations

from datetime import datetime
from typing import Any

from shop.accounts import challenges, factors, passkeys
from shop.accounts.errors import ChallengeOver, WrongCode
from shop.accounts.limits import SECOND_FACTORS_OF_ACCOUNT
from shop.accounts.models import Challenge, User
from shop.core import limits

PURPOSE = Challenge.Purpose.SECOND_FACTOR


def answer_second_factor(*, key: str, at: datetime, code: str = "", credential: dict[str, Any] | None = None) -> User:
    """Who has shown both factors: sign them in. Raises WrongCode, ChallengeOver, TooMany.

    Locks: the authenticator, then nothing; the challenge is used up by its deletion.
    """
    row = challenges.count_try(key, PURPOSE, at)
    user = row.user
    if user is None or not user.is_active:
        raise ChallengeOver
    attempt = limits.count(SECOND_FACTORS_OF_ACCOUNT, str(user.pk))
    if credential is not None:
        passkeys.check_authentication(row.secret or "{}", user, credential)
    elif not factors.is_right_code(user, code):
        raise WrongCode
    challenges.use(row)
    attempt.take_back()
    return user


def begin_passkey(*, key: str, at: datetime) -> dict[str, Any]:
    """What the browser is given to have the second factor signed by a passkey. Raises ChallengeOver."""
    row = challenges.find(key, PURPOSE, at)
    options, row.secret = passkeys.authentication(row.user)
    row.save(update_fields=["secret"])
    return options


def who_is_asked(*, key: str, at: datetime) -> User:
    """Raises ChallengeOver."""
    user = challenges.find(key, PURPOSE, at).user
    if user is None or not user.is_active:
        raise ChallengeOver
    return user
