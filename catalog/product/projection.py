"""Who wants to know when drafts become facts. Other rooms register here; the models call it, so that nothing points
upwards.

    @projector(order=20)
    def keep_stock_items(projected: Projected) -> None: ...

Projectors run inside the transaction that publishes, in their order, with the core row locked. They must be
idempotent: the same product may be projected again at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from catalog.product.models import Product, ProductCore, Variant, VariantSpec


@dataclass(frozen=True)
class Projected:
    """A product at the moment of its publication. `specs` holds the active variants, in their order."""

    core: ProductCore
    source: Product
    specs: list[tuple[Variant, VariantSpec]]
    at: datetime


Projector = Callable[[Projected], None]
Moment = Callable[..., Any]

_projectors: list[tuple[int, Projector]] = []
_moments: dict[str, list[Moment]] = {}


def projector(*, order: int) -> Callable[[Projector], Projector]:
    """Register a function that turns a published product into rows of its room. Lower `order` runs first."""

    def register(function: Projector) -> Projector:
        if function not in [known for _order, known in _projectors]:
            _projectors.append((order, function))
            _projectors.sort(key=lambda entry: entry[0])
        return function

    return register


def run_projectors(projected: Projected) -> None:
    for _order, function in _projectors:
        function(projected)


def at_moment(name: str) -> Callable[[Moment], Moment]:
    """Register a function of this room's services for `live` or `off` of one of its drafted models."""

    def register(function: Moment) -> Moment:
        known = _moments.setdefault(name, [])
        if function not in known:
            known.append(function)
        return function

    return register


def tell(name: str, **facts: object) -> None:
    """Called by the models, inside their transaction."""
    for function in _moments.get(name, ()):
        function(**facts)
