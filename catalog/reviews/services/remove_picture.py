from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from catalog.listing import surrogates
from catalog.reviews.services.lock_review import lock_review
from catalog.reviews.services.withdraw_review import DELETE_FILES
from shop.accounts.models import User
from shop.core.errors import NotThere


def remove_picture(*, review_id: int, picture_id: int, user: User) -> None:
    """Take a picture off one's own review. What stays was read before, so it needs no second reading. Raises NotThere.

    Locks: the review.
    """
    with transaction.atomic():
        review = lock_review(review_id, user_id=user.pk)
        picture = review.pictures.defer("original").filter(pk=picture_id).first()
        if picture is None:
            raise NotThere
        if names := [file.name for file in (picture.large, picture.small) if file]:
            import_string(DELETE_FILES).enqueue(names)
        picture.delete()
        surrogates.bump([f"prod-{review.core_id}"])
