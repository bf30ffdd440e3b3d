"""How long rows stay that hold people's data, or have done their work. Rooms fill this; `shop.privacy` empties daily.

@kept_for("guest_carts", days=90)
def forget_guest_carts(before: datetime) -> int: ...     # deletes what is older; returns how many
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

Purge = Callable[[datetime], int]


@dataclass(frozen=True)
class Rule:
    name: str
    days: int
    purge: Purge

    def before(self, at: datetime) -> datetime:
        """What is older than this goes. The setting RETENTION_DAYS (`guest_carts=30,…`) wins over the code."""
        return at - timedelta(days=settings.RETENTION_DAYS.get(self.name, self.days))


rules: dict[str, Rule] = {}


def kept_for(name: str, *, days: int) -> Callable[[Purge], Purge]:
    """Register a function that forgets what is older. It must bear being called twice and being cut off."""

    def register(purge: Purge) -> Purge:
        rules[name] = Rule(name, days, purge)
        return purge

    return register
