"""Who calls: a signed-in user, the holder of a cart token or of an order token, or nobody known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shop.core.dated_tokens import hash_in, is_dated

if TYPE_CHECKING:
    from rest_framework.request import Request

    from shop.accounts.models import User


@dataclass(frozen=True)
class Caller:
    """Tokens are kept as their SHA-256 only; an empty header is no token, so it never matches anything."""

    user: User | None
    cart_token_hash: str | None
    order_token_hash: str | None
    key: str  # names the caller where calls are counted or repeated: "user:5", "cart:1f…", "order:9c…", "anon:10.0.0.7"
    for_a_day: bool = False  # the order's token is a letter's, which anybody may have asked for


def caller_of(request: Request) -> Caller:
    """Read user, X-Cart-Token and X-Order-Token of a request (Django's or REST framework's)."""
    user = request.user if request.user.is_authenticated else None
    cart = hash_token(request.headers.get("X-Cart-Token"))
    shown = request.headers.get("X-Order-Token", "")
    order = hash_order_token(shown)
    key = _key(user, cart, order, request.META.get("REMOTE_ADDR", ""))
    return Caller(user, cart, order, key, for_a_day=is_dated(shown))


def hash_token(token: str | None) -> str | None:
    """SHA-256 in hex of a token, None for none."""
    return hashlib.sha256(token.encode()).hexdigest() if token else None


def hash_order_token(token: str | None) -> str | None:
    """The same of an order's token, be it the lasting one or a letter's, which is good for a day."""
    return hash_in(token) if token and is_dated(token) else hash_token(token)


def _key(user: User | None, cart: str | None, order: str | None, address: str) -> str:
    if user is not None:
        return f"user:{user.pk}"
    if cart:
        return f"cart:{cart[:32]}"
    if order:
        return f"order:{order[:32]}"
    return f"anon:{address}"
