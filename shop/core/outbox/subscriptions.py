from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Subscriber:
    consumer: str
    handle: Callable[[Any], None]
    prompt: bool


_by_event: dict[str, list[Subscriber]] = defaultdict(list)


def subscribe(*names: str, prompt: bool = False) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a function for events. Its module and name are its identity in the inbox: renaming it re-runs nothing
    old, but loses the memory of what it did with events that still wait."""

    def register(function: Callable[[Any], None]) -> Callable[[Any], None]:
        consumer = f"{function.__module__}.{function.__qualname__}"
        for name in names:
            if consumer not in {known.consumer for known in _by_event[name]}:
                _by_event[name].append(Subscriber(consumer, function, prompt))
        return function

    return register


def subscribers(name: str) -> list[Subscriber]:
    return list(_by_event.get(name, ()))
