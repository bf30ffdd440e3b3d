"""Staff whose account has no second factor yet: the password opens nothing but this."""

from __future__ import annotations

from datetime import datetime

from shop.accounts import challenges, factors
from shop.accounts.errors import FactorThere
from shop.accounts.models import Challenge, User
from shop.accounts.services.answer_second_factor import who_is_asked
from shop.accounts.services.begin_totp import Begun, begin_totp
from shop.accounts.services.confirm_totp import confirm_totp


def begin(*, key: str, at: datetime) -> Begun:
    """`key` is that of the sign-in. Raises ChallengeOver, and FactorThere for an account that has any factor: a
    password alone must add none to it."""
    user = who_is_asked(key=key, at=at)
    if factors.strong(factors.factors_of(user)):
        raise FactorThere
    return begin_totp(user=user, at=at)


def confirm(*, key: str, setup: str, code: str, at: datetime) -> tuple[User, list[str]]:
    """Who may be signed in now, and their recovery codes. Raises WrongCode, ChallengeOver, FactorThere. Locks: the user."""
    user = who_is_asked(key=key, at=at)
    codes = confirm_totp(user=user, key=setup, code=code, at=at, as_first=True)
    challenges.use(challenges.find(key, Challenge.Purpose.SECOND_FACTOR, at))
    return user, codes
