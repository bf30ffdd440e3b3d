"""Links that are secrets: who has one may set a password. They stand in the mail alone, never in the database.

    @private_link("password_reset")
    def reset_link(notification) -> str | None: ...       # None: no longer wanted

The stored text of such a notice has `HIDDEN` where the link stands; the mail is written when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

HIDDEN = "[…]"
_makers: dict[str, Callable[[Any], str | None]] = {}


def private_link(kind: str) -> Callable[[Callable[[Any], str | None]], Callable[[Any], str | None]]:
    def register(function: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
        _makers[kind] = function
        return function

    return register


def is_private(kind: str) -> bool:
    return kind in _makers


def link_of(notification: Any) -> str | None:
    return _makers[notification.kind](notification)
