"""`Stripe-Signature`: HMAC-SHA256 over the time of sending and the raw body."""

import hashlib
import hmac


def sign_bytes(body: bytes, secret: str, sent_at: int) -> str:
    return hmac.new(secret.encode(), f"{sent_at}.".encode() + body, hashlib.sha256).hexdigest()
