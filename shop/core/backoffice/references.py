"""Rooms keep references such as `order:42`; whoever owns the kind says here how people call it, and where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Named(NamedTuple):
    text: str
    url: str = ""
    permission: str = ""  # who may follow the address


_namers: dict[str, Callable[[int], Named]] = {}


def names(kind: str) -> Callable[[Callable[[int], Named]], Callable[[int], Named]]:
    """Register `fn(id) -> Named` for a kind of reference. It must not ask the database: it is called per row."""

    def register(namer: Callable[[int], Named]) -> Callable[[int], Named]:
        _namers[kind] = namer
        return namer

    return register


def named(reference: str, user: Any) -> Named:
    """What people call it; with its address only where this user may go."""
    kind, _colon, pk = reference.partition(":")
    if kind not in _namers or not pk.isdigit():
        return Named(reference)
    found = _namers[kind](int(pk))
    return found if user.has_perm(found.permission) else found._replace(url="")
