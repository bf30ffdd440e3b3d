"""A gateway that does not answer is left alone for a while, so that nobody waits for it and no worker hangs on it.

What is known stands in the cache, for all processes; where the cache is gone, each process knows for itself. Losing it
is harmless: a few more questions are asked, and each of them has its time limit.
"""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache

from checkout.payment.errors import GatewayAnswerWrong, GatewayUnavailable

logger = logging.getLogger(__name__)
FAILURES = 5  # in a row, until a gateway is left alone
COUNTED_FOR = 120  # seconds after which a failure is forgotten
LEFT_ALONE_FOR = 30
PROBE_TAKES = 15  # one question at a time is let through afterwards; longer than its time limit
ASKS_THE_GATEWAY = frozenset(
    {"create_order", "find_order", "fetch_order", "fetch_payment", "payments_of", "capture", "close_order", "refund", "fetch_refund",
     "refunds_of", "fetch_dispute"}
)  # fmt: skip
_own = LocMemCache("payment.breaker", {})


class Guarded:
    """A gateway whose questions are counted. Everything else of it is passed on as it is."""

    def __init__(self, gateway: Any) -> None:
        self._gateway = gateway

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._gateway, name)
        asks = name in ASKS_THE_GATEWAY or name in getattr(self._gateway, "also_asks", ())
        return _guarded(self._gateway.code, found) if asks else found


def is_open(code: str) -> bool:
    """Whether this gateway is left alone just now."""
    return _rest(code) > 0


def _guarded(code: str, ask: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(ask)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        _let_through(code)
        try:
            answer = ask(*args, **kwargs)
        except GatewayAnswerWrong:
            raise  # it does answer
        except GatewayUnavailable:
            _count_failure(code)
            raise
        except Exception:
            _forget(code)  # a "no" is an answer
            raise
        _forget(code)
        return answer

    return guarded


def _let_through(code: str) -> None:
    """Raises GatewayUnavailable while it is left alone, and to all but one once that is over."""
    if (rest := _rest(code)) > 0:
        raise GatewayUnavailable(retry_after=rest)
    if _read(f"open {code}") and not _add(f"probe {code}", PROBE_TAKES):
        raise GatewayUnavailable(retry_after=PROBE_TAKES)


def _rest(code: str) -> int:
    until = _read(f"open {code}")
    return max(0, round(until - time.time() + 0.5)) if until else 0


def _count_failure(code: str) -> None:
    failures = (_read(f"failures {code}") or 0) + 1
    _write(f"failures {code}", failures, COUNTED_FOR)
    if failures >= FAILURES or _read(f"open {code}"):
        if not _read(f"open {code}"):
            logger.error("%s does not answer: it is left alone for %s seconds at a time", code, LEFT_ALONE_FOR)
        _write(f"open {code}", time.time() + LEFT_ALONE_FOR, LEFT_ALONE_FOR + COUNTED_FOR)
        _delete(f"probe {code}")


def _forget(code: str) -> None:
    if _read(f"failures {code}"):
        for name in ("failures", "open", "probe"):
            _delete(f"{name} {code}")


# Each process keeps its own copy beside the cache, which may answer with nothing at any moment, or not at all.


def _key(name: str) -> str:
    return f"payment.breaker.{name}".replace(" ", ".")


def _shared(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except Exception:  # whatever the cache's client raises
        logger.warning("the cache does not answer; this process counts for itself", exc_info=True)
        return None


def _read(name: str) -> Any:
    return _shared(lambda: cache.get(_key(name))) or _own.get(_key(name))


def _write(name: str, value: Any, seconds: int) -> None:
    _own.set(_key(name), value, seconds)
    _shared(lambda: cache.set(_key(name), value, seconds))


def _add(name: str, seconds: int) -> bool:
    added = _shared(lambda: cache.add(_key(name), 1, seconds))
    return bool(_own.add(_key(name), 1, seconds) if added is None else added)


def _delete(name: str) -> None:
    _own.delete(_key(name))
    _shared(lambda: cache.delete(_key(name)))


def forget_all() -> None:
    """As in a process that has just begun (for tests)."""
    _own.clear()
