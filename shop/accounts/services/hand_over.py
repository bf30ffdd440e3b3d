"""A sign-in that was done in a browser, fetched by the client that began it (RFC 7636: it alone knows the verifier)."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from datetime import datetime

from shop.accounts import challenges
from shop.accounts.errors import ChallengeOver
from shop.accounts.models import Challenge, User

PURPOSE = Challenge.Purpose.HANDOVER
CODE_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def hand_over(*, user: User, code_challenge: str, at: datetime) -> str:
    """The code that the client fetches tokens with, once. `code_challenge` is S256 of its verifier."""
    return challenges.open_challenge(purpose=PURPOSE, at=at, user=user, secret=code_challenge)[1]


def take_over(*, code: str, verifier: str, at: datetime) -> User:
    """Raises ChallengeOver for every cause alike."""
    row = challenges.count_try(code, PURPOSE, at)
    if not is_verifier_of(verifier, row.secret) or row.user is None or not row.user.is_active:
        raise ChallengeOver
    challenges.use(row)
    return row.user


def is_verifier_of(verifier: str, code_challenge: str) -> bool:
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return secrets.compare_digest(digest, code_challenge)
