from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.reviews.models import Review
from catalog.reviews.pictures import refuse_bad_picture
from catalog.reviews.services.add_picture import put_pictures
from catalog.reviews.services.hand_in import hand_in
from catalog.reviews.services.lock_review import lock_review
from shop.accounts.models import User

FIELDS = ("rating", "title", "body")


def change_review(
    *, review_id: int, user: User, fields: Mapping[str, Any], at: datetime, pictures: Sequence[bytes] = ()
) -> Review:  # fmt: skip
    """Its author changes it; then it waits to be read again. What changes nothing has no effect. Raises NotThere; Invalid
    (`file`) and TooManyPictures for pictures that are added.

    Locks: the review.
    """
    for content in pictures:
        refuse_bad_picture(content)
    with transaction.atomic():
        review = lock_review(review_id, user_id=user.pk)
        changed = {name: fields[name] for name in FIELDS if name in fields and fields[name] != getattr(review, name)}
        put_pictures(review, pictures)
        if changed or pictures:
            for name, value in changed.items():
                setattr(review, name, value)
            hand_in(review, at=at)
    return review
