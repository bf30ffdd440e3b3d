"""A review waits to be read (again). Used by the verbs beside it, under the review's lock."""

from __future__ import annotations

from datetime import datetime

from catalog.reviews.events import ReviewSubmitted
from catalog.reviews.models import Review
from catalog.reviews.statuses import Status
from shop.core.outbox import publish


def hand_in(review: Review, *, at: datetime) -> None:
    """Save a changed review as one that waits: what somebody has approved is not what it says now."""
    was_shown = review.is_shown
    review.status, review.reason, review.decided_at, review.decided_by = Status.PENDING, "", None, ""
    review.version, review.submitted_at = review.version + 1, at
    review.save()
    tell_that_it_waits(review, was_shown=was_shown, at=at)


def tell_that_it_waits(review: Review, *, was_shown: bool, at: datetime) -> None:
    event = ReviewSubmitted(review.pk, review.core_id, review.rating, was_shown)
    publish(event, aggregate=f"review:{review.pk}", at=at)
