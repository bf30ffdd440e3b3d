"""Proofs that are waited for: opened, tried a few times, used once. The key of a challenge is given to whoever began;
who has the database has neither keys nor codes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.crypto import salted_hmac

from shop.accounts.errors import ChallengeOver
from shop.accounts.models import Challenge

LIFE = timedelta(minutes=10)
TRIES = 5
DIGITS = 6


def open_challenge(*, purpose: str, at: datetime, **facts: Any) -> tuple[Challenge, str]:
    """A new challenge and its key. `facts`: user, phone, secret."""
    key = secrets.token_urlsafe(32)
    row = Challenge.objects.create(key_hash=_hash(key), purpose=purpose, expires_at=at + LIFE, **facts)
    return row, key


def find(key: str, purpose: str, at: datetime) -> Challenge:
    """One that is open, without counting a try. Raises ChallengeOver."""
    row = _open(key, purpose, at).select_related("user").first()
    if row is None:
        raise ChallengeOver
    return row


def count_try(key: str, purpose: str, at: datetime) -> Challenge:
    """Find one and count a try of it, before the proof is looked at: of many tries at once only so many are looked at.

    Raises ChallengeOver.
    """
    if not _open(key, purpose, at).update(tries=F("tries") + 1):
        raise ChallengeOver
    row = Challenge.objects.select_related("user").filter(key_hash=_hash(key)).first()
    if row is None:
        raise ChallengeOver
    return row


def use(row: Challenge) -> None:
    """It was proven. Raises ChallengeOver when another proof at the same moment was faster."""
    if not Challenge.objects.filter(pk=row.pk).delete()[0]:
        raise ChallengeOver


def code_of(row: Challenge) -> str:
    """The code that is sent for a challenge: made anew from its key's hash whenever it is needed, kept nowhere."""
    digest = salted_hmac("shop.accounts.code", f"{row.pk}:{row.key_hash}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def is_code_of(row: Challenge, typed: str) -> bool:
    digits = "".join(typed.split())
    return secrets.compare_digest(digits.encode(), code_of(row).encode())


def _open(key: str, purpose: str, at: datetime):
    return Challenge.objects.filter(key_hash=_hash(key), purpose=purpose, expires_at__gt=at, tries__lt=TRIES)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
