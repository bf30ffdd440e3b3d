"""Reviews as they are shown, with their pictures, read in one statement. Rows, not models: nothing of them can be saved."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from catalog.reviews.models import Review
from shop.core.reading import Part, Telling, read_one, read_part

PICTURES = """(
    SELECT json_agg(json_build_array(kept.id, kept.large, kept.small, kept.width, kept.height) ORDER BY kept.position)
    FROM reviews_reviewpicture kept WHERE kept.review_id = reviews_review.id)"""


class SeenPicture(NamedTuple):
    """`large` and `small` are names of files."""

    pk: int
    large: str
    small: str
    width: int
    height: int

    @property
    def is_ready(self) -> bool:
        return bool(self.large)


class SeenReview(NamedTuple):
    pk: int
    core_id: int
    user_id: int
    rating: int
    title: str
    body: str
    locale: str
    author: str
    verified: bool
    status: str
    version: int
    reason: str
    helpful_count: int
    answer: str
    answered_at: datetime | None
    created_at: datetime
    submitted_at: datetime
    decided_at: datetime | None
    all_pictures: tuple[SeenPicture, ...]


COLUMNS = ("id", *SeenReview._fields[1:-1])
REVIEWS = Telling(
    table="reviews_review", columns=", ".join([*(f"reviews_review.{name}" for name in COLUMNS), PICTURES])
)


def seen_reviews(part: Part) -> tuple[list[SeenReview], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(REVIEWS, part)
    return [_seen(row) for row in rows], count


def seen_review(rows: QuerySet[Review]) -> SeenReview | None:
    """The only one of a queryset. One statement."""
    row = read_one(REVIEWS, rows)
    return _seen(row) if row else None


def _seen(row: tuple) -> SeenReview:
    *plain, pictures = row
    return SeenReview._make((*plain, tuple(SeenPicture(*picture) for picture in pictures or ())))
