from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shop.accounts import challenges, factors, roles
from shop.accounts.models import Challenge, User


@dataclass(frozen=True)
class Asked:
    """`methods`: "totp", "recovery_codes", "webauthn". None: there is no factor yet, and the shop asks for one."""

    key: str
    methods: tuple[str, ...]


def ask_second_factor(*, user: User, at: datetime) -> Asked | None:
    """What is still to be shown after a first proof (password, code, another service). None: nothing, sign them in."""
    kept = factors.factors_of(user)
    if not factors.strong(kept) and not roles.needs_second_factor(user):
        return None
    _row, key = challenges.open_challenge(purpose=Challenge.Purpose.SECOND_FACTOR, at=at, user=user)
    return Asked(key, tuple(dict.fromkeys(factor.type for factor in kept)) if factors.strong(kept) else ())
