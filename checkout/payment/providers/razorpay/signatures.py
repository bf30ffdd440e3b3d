from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable


def sign(message: bytes, secret: str) -> str:
    """Lower-case hex HMAC-SHA256, as the gateway makes it."""
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def is_signed(message: bytes, signature: str | None, secrets: Iterable[str]) -> bool:
    """Compare in constant time, with every secret. An empty secret signs nothing."""
    given = (signature or "").encode("utf-8", errors="replace")
    return any(hmac.compare_digest(sign(message, secret).encode(), given) for secret in secrets if secret)
