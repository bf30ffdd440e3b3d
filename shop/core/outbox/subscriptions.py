from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Subscriber:
    consumer: str
    handle: Callable[[Any], None]
    prompt: bool


_by_event: dict[str, list[Subscriber]] = defaultdict(list)
EVERYBODY = "all"


def subscribe(*names: str, prompt: bool = False) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a function for events, by name or by family (`order.*`). Its module and name are its identity in the
    inbox: renaming it re-runs nothing old, but loses the memory of what it did with events that still wait."""

    def register(function: Callable[[Any], None]) -> Callable[[Any], None]:
        consumer = f"{function.__module__}.{function.__qualname__}"
        for name in names:
            if consumer not in {known.consumer for known in _by_event[name]}:
                _by_event[name].append(Subscriber(consumer, function, prompt))
        return function

    return register


def subscribers(name: str, group: str = EVERYBODY) -> list[Subscriber]:
    """Who wants events of that name; of one consumer group, or all of them."""
    family = f"{name.partition('.')[0]}.*"
    mine = [*_by_event.get(name, ()), *_by_event.get(family, ())]
    return mine if group == EVERYBODY else [each for each in mine if group_of(each.consumer) == group]


def all_consumers() -> set[str]:
    return {subscriber.consumer for those in _by_event.values() for subscriber in those}


def group_of(consumer: str) -> str:
    """The group whose prefix fits best (EVENT_GROUPS). Raises LookupError when none does."""
    fitting = [
        (len(prefix), group)
        for group, prefixes in settings.EVENT_GROUPS.items()
        for prefix in prefixes
        if consumer.startswith(prefix)
    ]
    if not fitting:
        raise LookupError(f"{consumer} is in no group of EVENT_GROUPS")
    return max(fitting)[1]
