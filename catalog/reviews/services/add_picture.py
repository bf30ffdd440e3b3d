from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.module_loading import import_string

from catalog.reviews.errors import TooManyPictures
from catalog.reviews.models import Review, ReviewPicture
from catalog.reviews.pictures import refuse_bad_picture
from catalog.reviews.rules import PICTURES_AT_MOST
from catalog.reviews.services.hand_in import hand_in
from catalog.reviews.services.lock_review import lock_review
from shop.accounts.models import User

PREPARE = "catalog.reviews.tasks.prepare_picture"  # by name: tasks stand above services


def add_picture(*, review_id: int, user: User, content: bytes, at: datetime) -> ReviewPicture:
    """Put a picture below one's own review, which then waits to be read again. A task makes what is shown of it.

    Raises Invalid (`file`), NotThere, TooManyPictures. Locks: the review.
    """
    refuse_bad_picture(content)
    with transaction.atomic():
        review = lock_review(review_id, user_id=user.pk)
        [picture] = put_pictures(review, [content])
        hand_in(review, at=at)
    return picture


def put_pictures(review: Review, contents: Sequence[bytes]) -> list[ReviewPicture]:
    """Below a review that is locked, or new; they were looked at before. Raises TooManyPictures."""
    taken = set(review.pictures.values_list("position", flat=True)) if contents else set()
    free = [position for position in range(1, PICTURES_AT_MOST + 1) if position not in taken]
    if len(contents) > len(free):
        raise TooManyPictures
    return [_put(review, position, content) for position, content in zip(free, contents, strict=False)]


def _put(review: Review, position: int, content: bytes) -> ReviewPicture:
    picture = ReviewPicture.objects.create(review=review, position=position, original=content)
    import_string(PREPARE).enqueue(picture.pk)
    return picture
