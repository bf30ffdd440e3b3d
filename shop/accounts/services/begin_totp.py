from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allauth.mfa.totp.internal.auth import generate_totp_secret

from shop.accounts import challenges
from shop.accounts.errors import ChallengeOver, FactorThere
from shop.accounts.factors import TOTP, Adapter, factors_of
from shop.accounts.models import Challenge, User


class Begun(NamedTuple):
    key: str
    secret: str
    uri: str  # otpauth://, as the QR code has it


def begin_totp(*, user: User, at: datetime) -> Begun:
    """A seed for an authenticator app; it counts once a code of it was typed. Raises FactorThere."""
    if any(factor.type == TOTP for factor in factors_of(user)):
        raise FactorThere
    secret = generate_totp_secret()
    _row, key = challenges.open_challenge(purpose=Challenge.Purpose.TOTP, at=at, user=user, secret=secret)
    return Begun(key, secret, Adapter().build_totp_url(user, secret))


def seed_of(*, key: str, user: User, at: datetime) -> Begun:
    """The same once more, to show the page again. Raises ChallengeOver."""
    row = challenges.find(key, Challenge.Purpose.TOTP, at)
    if row.user_id != user.pk:
        raise ChallengeOver
    return Begun(key, row.secret, Adapter().build_totp_url(user, row.secret))
