from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.listing import surrogates
from catalog.reviews.events import ReviewAnswered
from catalog.reviews.models import Review
from catalog.reviews.services.lock_review import lock_review
from shop.core.outbox import publish


def answer_review(*, review_id: int, answer: str, by: str, at: datetime) -> Review:
    """What the shop says below a review; an empty answer takes it away. The same again: no effect. Raises NotThere.

    Locks: the review.
    """
    with transaction.atomic():
        review = lock_review(review_id)
        if review.answer != answer:
            review.answer, review.answered_by = answer, by if answer else ""
            review.answered_at = at if answer else None
            review.save(update_fields=["answer", "answered_at", "answered_by"])
            surrogates.bump([f"prod-{review.core_id}"])
            if answer:
                publish(ReviewAnswered(review.pk, review.core_id), aggregate=f"review:{review.pk}", at=at)
    return review
