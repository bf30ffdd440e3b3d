"""A published product stands on its shelves when its publication commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from catalog.listing.services.refresh import CHUNK, refresh
from catalog.product.projection import Projected, projector
from shop.core.db import in_chunks

_waiting: ContextVar[set[int] | None] = ContextVar("listing_waiting", default=None)


@projector(order=90)
def show(projected: Projected) -> None:
    waiting = _waiting.get()
    if waiting is None:
        refresh([projected.core.pk])
    else:
        waiting.add(projected.core.pk)


@contextmanager
def shown_together() -> Iterator[None]:
    """Within the block, publications are collected and shown at its end, 500 at a time: for imports. Open it inside
    the transaction that publishes."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for chunk in in_chunks(sorted(waiting), CHUNK):
        refresh(chunk)
