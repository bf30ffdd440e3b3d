from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.reviews.errors import ReviewChanged
from catalog.reviews.events import ReviewApproved, ReviewRejected
from catalog.reviews.models import Review
from catalog.reviews.services.lock_review import lock_review
from catalog.reviews.statuses import Status
from shop.core.outbox import Event, publish


def decide_review(
    *, review_id: int, approve: bool, by: str, at: datetime, reason: str = "", version: int | None = None
) -> Review:  # fmt: skip
    """Show a review, or not, with a reason that its author reads. The same again: no effect. `version` is the one that
    was read. Raises NotThere, ReviewChanged when its author has changed it since. Locks: the review.
    """
    wanted = Status.APPROVED if approve else Status.REJECTED
    reason = "" if approve else reason
    with transaction.atomic():
        review = lock_review(review_id)
        if version is not None and version != review.version:
            raise ReviewChanged
        if (review.status, review.reason) != (wanted, reason):
            event = _event(review, approve) if review.status != wanted else None
            review.status, review.reason, review.decided_at, review.decided_by = wanted, reason, at, by
            review.save(update_fields=["status", "reason", "decided_at", "decided_by"])
            if event:
                publish(event, aggregate=f"review:{review.pk}", at=at)
    return review


def _event(review: Review, approve: bool) -> Event:
    if approve:
        return ReviewApproved(review.pk, review.core_id, review.rating)
    return ReviewRejected(review.pk, review.core_id, review.is_shown)
