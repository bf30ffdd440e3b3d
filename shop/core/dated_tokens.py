"""A lasting token, for a day: the link of a letter that anybody may ask for should not open its thing for ever.

It is no secret of its own beside the lasting one. It holds what the shop keeps of that (its SHA-256) and a time, signed:
who has it is let in as who shows the token, until it is too old, and the token cannot be read out of it.
"""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

GOOD_FOR = timedelta(days=1)
_signer = TimestampSigner(salt="shop.core.dated_tokens")


def dated(token_hash: str) -> str:
    """What a link carries, good for a day from now."""
    return _signer.sign(token_hash)


def is_dated(token: str) -> bool:
    return _signer.sep in token  # a lasting one is base64


def hash_in(dated_token: str) -> str | None:
    """The SHA-256 of the lasting token. None for a forged or an old one."""
    try:
        return _signer.unsign(dated_token, max_age=GOOD_FOR)
    except BadSignature:
        return None
