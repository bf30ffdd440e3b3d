"""Who received what. Orders stand above this room, and say it here:

@purchases_from
def delivered_to(user_id, product_id=None) -> list[Purchase]: ...     # the latest first
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


class Purchase(NamedTuple):
    product_id: int
    reference: str  # `order:42`
    delivered_at: datetime


Source = Callable[[int, int | None], list[Purchase]]
_sources: list[Source] = []


def purchases_from(source: Source) -> Source:
    if source not in _sources:
        _sources.append(source)
    return source


def purchases_of(user_id: int, product_id: int | None = None) -> list[Purchase]:
    """What was delivered to a person (of one product), the latest first."""
    return [purchase for source in _sources for purchase in source(user_id, product_id)]
