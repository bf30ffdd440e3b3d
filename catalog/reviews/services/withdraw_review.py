from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.module_loading import import_string

from catalog.reviews.events import ReviewWithdrawn
from catalog.reviews.models import Review
from catalog.reviews.services.lock_review import lock_review
from shop.accounts.models import User
from shop.core.outbox import publish

DELETE_FILES = "catalog.reviews.tasks.delete_files"  # by name: tasks stand above services


def withdraw_review(*, review_id: int, user: User, at: datetime) -> None:
    """Its author takes it back: text, pictures and votes are gone. Raises NotThere. Locks: the review."""
    with transaction.atomic():
        remove(lock_review(review_id, user_id=user.pk), at=at)


def remove(review: Review, *, at: datetime) -> None:
    """Delete a locked review with all that belongs to it."""
    event = ReviewWithdrawn(review.pk, review.core_id, review.is_shown)
    names = [name for pair in review.pictures.values_list("large", "small") for name in pair if name]
    if names:
        import_string(DELETE_FILES).enqueue(names)
    review.delete()
    publish(event, aggregate=f"review:{event.review_id}", at=at)
