"""Secrets that have to be read again, such as the seed of a second factor: encrypted where they lie (Fernet: AES-128-CBC
with HMAC-SHA256). The first of FIELD_ENCRYPTION_KEYS writes, all of them read.

To roll a key: put the new one in front, run `manage.py reencrypt`, take the old one out.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    return _ciphers(tuple(settings.FIELD_ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(kept: str) -> str:
    """Raises cryptography.fernet.InvalidToken for what none of the keys has written."""
    return _ciphers(tuple(settings.FIELD_ENCRYPTION_KEYS)).decrypt(kept.encode()).decode()


def reencrypt(kept: str) -> str:
    """The same secret under the first key. Raises InvalidToken."""
    return _ciphers(tuple(settings.FIELD_ENCRYPTION_KEYS)).rotate(kept.encode()).decode()


@lru_cache(maxsize=8)
def _ciphers(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
