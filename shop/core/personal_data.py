"""What the shop knows of a person, room by room. Rooms fill these registries; the account reads them.

@personal_data("orders")
def orders_of(user) -> object: ...        # plain values that JSON can hold; of this person and nobody else

@on_erase
def forget(user, at) -> None: ...         # inside the transaction that closes the account

@on_export
def note(user, at) -> None: ...           # somebody took their data with them

@warns_on_closing
def what_is_lost(user, locale) -> str: ...  # a sentence that a person reads before closing the account, or nothing
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

_providers: dict[str, Callable[[Any], Any]] = {}
_erasers: list[Callable[[Any, datetime], None]] = []
_export_listeners: list[Callable[[Any, datetime], None]] = []
_warners: list[Callable[[Any, str], str]] = []


def personal_data(name: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Register a function that tells what a room holds of a person, under `name` in the export."""

    def register(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        _providers[name] = function
        return function

    return register


def on_erase(function: Callable[[Any, datetime], None]) -> Callable[[Any, datetime], None]:
    """Register a function that erases what need not be kept of a person. It must bear being called twice."""
    if function not in _erasers:
        _erasers.append(function)
    return function


def on_export(function: Callable[[Any, datetime], None]) -> Callable[[Any, datetime], None]:
    """Register a function that is told when a person's data was given out."""
    if function not in _export_listeners:
        _export_listeners.append(function)
    return function


def warns_on_closing(function: Callable[[Any, str], str]) -> Callable[[Any, str], str]:
    """Register a function that says what somebody loses who closes the account, in the active language."""
    if function not in _warners:
        _warners.append(function)
    return function


def lost_on_closing(user: Any, locale: str) -> list[str]:
    return [said for warn in _warners if (said := warn(user, locale))]


def everything_of(user: Any) -> dict[str, Any]:
    return {name: provide(user) for name, provide in _providers.items()}


def give_out_everything_of(user: Any, at: datetime) -> dict[str, Any]:
    """For the person: the same, and it is noted that it was given out."""
    given = everything_of(user)
    for listen in _export_listeners:
        listen(user, at)
    return given


def name_when_closed(user: Any) -> str:
    """What stands in the place of an erased person's user name: still tells two of them apart, and names nobody."""
    return f"closed-{user.pk}"


def erase_everything_of(user: Any, at: datetime) -> None:
    """Call inside the transaction that closes the account, while `user` still has the name that is to be found."""
    for erase in _erasers:
        erase(user, at)
