"""How often somebody may try something. Sliding windows in the cache, counted under a lock (allauth's own counter).

A limit protects; it is not a promise. When the cache does not answer, the try is let through and said in the log.
"""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass
from typing import Any, ClassVar

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from shop.core.errors import Refusal

logger = logging.getLogger(__name__)
_TRY = "shop.limits.try."
OFF = 1_000_000  # a RATE_LIMIT_FACTOR from which on nothing is counted: each try costs as much as there are others


class TooMany(Refusal):
    """Too many tries; `retry_after` is in seconds."""

    status: ClassVar[int] = 429
    code = "too_many_requests"
    title = _("Too many tries. Wait a moment, then try again.")

    def __init__(self, detail: Any = "", *, retry_after: int, standing: Standing | None = None, **rest: Any) -> None:
        super().__init__(detail, **rest)
        self.retry_after = retry_after
        self.standing = standing


@dataclass(frozen=True)
class Limit:
    """`amount` tries in `seconds`, times the setting RATE_LIMIT_FACTOR. `said`: what a refusal tells people."""

    name: str
    amount: int
    seconds: int
    said: Any = ""

    @property
    def rate(self) -> ratelimit.Rate:
        return ratelimit.Rate(max(1, round(self.amount * settings.RATE_LIMIT_FACTOR)), float(self.seconds), "key")


@dataclass(frozen=True)
class Standing:
    """How a caller stands with a limit: tries that are left, and seconds until one more comes back."""

    limit: Limit
    left: int
    seconds: int


@dataclass(frozen=True)
class Try:
    """One counted try; `take_back()` when it turned out to be a good one."""

    usage: ratelimit.RateLimitUsage | None

    def take_back(self) -> None:
        if self.usage is not None:
            self.usage.rollback()

    def remember(self, name: str, *, seconds: int) -> None:
        """So that `take_back_of(name)` finds it, later and elsewhere."""
        if self.usage is not None:
            cache.set(_TRY + name, self.usage, seconds)


def take_back_of(name: str) -> None:
    """Take a remembered try back, where it is still known. Twice does no harm."""
    try:
        if usage := cache.get(_TRY + name):
            usage.rollback()
    except Exception:  # whatever a cache server raises when it is gone
        logger.exception("the try of %s is not taken back: the cache does not answer", name)


def count(limit: Limit, key: str) -> Try:
    """Count a try of `key` (an account, an address; only its SHA-256 is kept). Raises TooMany."""
    if settings.RATE_LIMIT_FACTOR >= OFF:
        return Try(None)
    rate = limit.rate
    spelled = f"{rate.amount}/{limit.seconds}s/key"
    try:
        usage = ratelimit.consume(
            None, app="shop", action=limit.name, config={limit.name: spelled}, key=key, limit_get=True
        )
        wait = 0 if usage else _seconds_to_wait(limit, rate, key)
    except Exception:  # whatever a cache server raises when it is gone
        logger.exception("the limit %s is not counted: the cache does not answer", limit.name)
        return Try(None)
    if usage is None:
        raise TooMany(limit.said, retry_after=wait, standing=Standing(limit, 0, wait))
    return Try(usage)


def address_of(request: Any) -> str:
    """The caller's network address (IPv6: its /64), behind as many proxies as ALLAUTH_TRUSTED_PROXY_COUNT says.

    Empty when the server does not know it (a socket without a proxy's header).
    """
    try:
        return ratelimit.get_ip(request)
    except PermissionDenied:
        return ""


def count_address(limit: Limit, request: Any) -> Try:
    """Count a try of the caller's network address, and note on the request how it stands. Raises TooMany."""
    address = address_of(request)
    return count_told(limit, address, request) if address else Try(None)


def count_told(limit: Limit, key: str, request: Any) -> Try:
    """Count a try of `key`, and note on the request how it stands. Raises TooMany."""
    attempt = count(limit, key)
    if attempt.usage is not None:
        request = getattr(request, "_request", request)
        request.limit_standings = [*standings_of(request), _standing(limit, key)]
    return attempt


def standings_of(request: Any) -> list[Standing]:
    """What was counted and noted on the request, for the door to tell."""
    return [one for one in getattr(request, "limit_standings", []) if one is not None]


def _standing(limit: Limit, key: str) -> Standing | None:
    try:
        return Standing(limit, max(0, limit.rate.amount - len(_history(limit, limit.rate, key))),
                        _seconds_to_wait(limit, limit.rate, key))  # fmt: skip
    except Exception:  # whatever a cache server raises when it is gone
        logger.exception("how the limit %s stands is not known: the cache does not answer", limit.name)
        return None


def _history(limit: Limit, rate: ratelimit.Rate, key: str) -> list[float]:
    return cache.get(ratelimit.get_cache_key(None, app="shop", action=limit.name, rate=rate, key=key), [])


def _seconds_to_wait(limit: Limit, rate: ratelimit.Rate, key: str) -> int:
    history = _history(limit, rate, key)
    oldest = history[-1] if history else time.time()
    return max(1, math.ceil(oldest + limit.seconds - time.time()))
