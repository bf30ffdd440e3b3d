"""Versions of what pages are made of: `prod-7`, `cat-12` (0: the whole shop), `site`. A page kept under a stamp of
versions is stale as soon as one of them was bumped.

Versions live in the cache, and a lost one counts as bumped. Where that cache is the memory of one process (no
REDIS_URL), a small file tells the other processes of the machine.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

PREFIX = "surrogate:"
KEPT_SECONDS = 7 * 24 * 3600
MAX_LOG_BYTES = 1_000_000
_read_up_to = 0


def bump(keys: Iterable[str]) -> None:
    """Make every page that shows one of these stale once the open transaction is committed."""
    changed = sorted(set(keys))
    if changed:
        transaction.on_commit(lambda: _bump_now(changed))


def stamp(keys: Sequence[str]) -> tuple[int, ...]:
    """The versions of these keys: the time (in nanoseconds) of the last bump, negative where none is known of."""
    catch_up()
    names = [PREFIX + key for key in keys]
    found = cache.get_many(names)
    missing = [name for name in names if name not in found]
    if missing:
        cache.set_many(dict.fromkeys(missing, -time.time_ns()), KEPT_SECONDS)
        found = cache.get_many(names)
    return tuple(found.get(name, 0) for name in names)


def catch_up() -> None:
    """Hear what other processes of this machine have bumped."""
    if not settings.REDIS_URL:
        _follow_log()


def _bump_now(keys: Sequence[str]) -> None:
    _set(keys)
    if not settings.REDIS_URL:
        _append_to_log(keys)


def _set(keys: Sequence[str]) -> None:
    cache.set_many({PREFIX + key: time.time_ns() for key in keys}, KEPT_SECONDS)


def _log():
    return settings.DATA_DIR / "surrogates.log"


def _append_to_log(keys: Sequence[str]) -> None:
    path = _log()
    path.parent.mkdir(parents=True, exist_ok=True)
    too_long = path.exists() and path.stat().st_size > MAX_LOG_BYTES
    with path.open("wb" if too_long else "ab", buffering=0) as log:
        log.write((" ".join(keys) + "\n").encode())


def _follow_log() -> None:
    global _read_up_to
    try:
        size = os.stat(_log()).st_size  # noqa: PTH116 - on the way of every cached page
    except FileNotFoundError:
        return
    if size == _read_up_to:
        return
    with _log().open("rb") as log:
        log.seek(_read_up_to if size > _read_up_to else 0)
        lines = log.read(size)
    _read_up_to = size
    _set(sorted(set(lines.decode(errors="replace").split())))
