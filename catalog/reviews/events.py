from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class ReviewSubmitted(Event):
    """Written or changed: somebody has to read it. `was_shown`: until now it counted."""

    name: ClassVar[str] = "review.submitted"
    review_id: int
    product_id: int
    rating: int
    was_shown: bool


@dataclass(frozen=True)
class ReviewApproved(Event):
    name: ClassVar[str] = "review.approved"
    review_id: int
    product_id: int
    rating: int


@dataclass(frozen=True)
class ReviewRejected(Event):
    name: ClassVar[str] = "review.rejected"
    review_id: int
    product_id: int
    was_shown: bool


@dataclass(frozen=True)
class ReviewWithdrawn(Event):
    """Its author took it back; it is gone."""

    name: ClassVar[str] = "review.withdrawn"
    review_id: int
    product_id: int
    was_shown: bool


@dataclass(frozen=True)
class ReviewAnswered(Event):
    """The shop has answered below it, or changed its answer."""

    name: ClassVar[str] = "review.answered"
    review_id: int
    product_id: int
