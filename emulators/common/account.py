"""One merchant account, whatever the gateway: lock, clock, faults, repeatable ids, outbox."""

import random
import string
import threading
from collections.abc import Callable
from dataclasses import fields
from typing import Any, ClassVar

from .clock import Clock
from .errors import Refusal
from .faults import Faults
from .outbox import Outbox

ALPHANUMERICS = string.ascii_letters + string.digits


class SwitchBoard:
    """Base of a dataclass of switches. `choices` names the words that a switch may take."""

    choices: ClassVar[dict[str, tuple[str, ...]]] = {}
    webhook_timeout: float

    def change(self, values: dict[str, Any]) -> None:
        """Set the given switches, or none of them if one is unknown."""
        known = {item.name for item in fields(self)}  # type: ignore[arg-type]
        for name, value in values.items():
            if name not in known or value not in self.choices.get(name, (value,)):
                raise Refusal(f"No switch {name} = {value!r}.", field=name)
        for name, value in values.items():
            setattr(self, name, value)


class BaseAccount:
    """Everything of one key. `lock` guards all of it and is never held over the network."""

    outbox: Outbox
    switches: Any

    def __init__(self, *, key: str, seed: str) -> None:
        self.key = key
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.closed = False
        self.clock = Clock()
        self.faults = Faults()
        self._random = random.Random(f"{seed}:{key}")  # noqa: S311 (ids must be repeatable)

    def make_text(self, length: int) -> str:
        return "".join(self._random.choices(ALPHANUMERICS, k=length))

    def shuffle(self, items: list[Any]) -> None:
        self._random.shuffle(items)

    def call_in(self, seconds: float, action: Callable[[], None]) -> None:
        """Have `action` run under the lock when this account's clock gets there."""
        self.clock.call_at(self.clock.exact() + seconds, action)
        self.changed.notify_all()

    def describe(self) -> dict[str, Any]:
        raise NotImplementedError
