"""HMAC-SHA256 as the gateway computes it: lower-case hex over exact bytes."""

import hashlib
import hmac


def sign_bytes(message: bytes, secret: str) -> str:
    """Sign a raw body (with a webhook secret) or a joined message (with the key secret)."""
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def sign_checkout(order_id: str, payment_id: str, key_secret: str) -> str:
    """Sign what the browser brings back to the shop after paying."""
    return sign_bytes(f"{order_id}|{payment_id}".encode(), key_secret)
