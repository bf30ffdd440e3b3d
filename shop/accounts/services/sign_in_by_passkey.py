from __future__ import annotations

from datetime import datetime
from typing import Any

from shop.accounts import challenges, passkeys
from shop.accounts.models import Challenge, User

PURPOSE = Challenge.Purpose.PASSKEY_SIGN_IN


def begin(*, at: datetime) -> tuple[dict[str, Any], str]:
    """What the browser is given, and the key of the challenge. Names nobody."""
    options, state = passkeys.authentication(None)
    _row, key = challenges.open_challenge(purpose=PURPOSE, at=at, secret=state)
    return options, key


def sign_in_by_passkey(*, key: str, credential: dict[str, Any], at: datetime) -> User:
    """Whose passkey has signed: two proofs in one. Raises WrongCode, ChallengeOver."""
    row = challenges.count_try(key, PURPOSE, at)
    user = passkeys.owner_of(credential)
    passkeys.check_authentication(row.secret, user, credential)
    challenges.use(row)
    return user
