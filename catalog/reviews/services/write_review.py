from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from catalog.reviews.models import Review
from catalog.reviews.pictures import refuse_bad_picture
from catalog.reviews.purchases import Purchase
from catalog.reviews.rules import public_name
from catalog.reviews.services.add_picture import put_pictures
from catalog.reviews.services.hand_in import tell_that_it_waits
from catalog.reviews.services.may_review import may_review, refuse_second
from shop.accounts.models import User


def write_review(
    *, user: User, product_id: int, rating: int, body: str, locale: str, at: datetime, title: str = "",
    pictures: Sequence[bytes] = (),
) -> Review:  # fmt: skip
    """A buyer reviews a product; it waits to be read. Raises NotThere, NotVerified, NotBought, AlreadyReviewed; Invalid
    (`file`) and TooManyPictures for its pictures.

    Two at once make one review (unique product and author). Locks: nothing.
    """
    for content in pictures:
        refuse_bad_picture(content)
    purchase = may_review(user=user, product_id=product_id)
    try:
        with transaction.atomic():
            review = _insert(user, purchase, rating=rating, title=title, body=body, locale=locale, at=at)
            put_pictures(review, pictures)
            tell_that_it_waits(review, was_shown=False, at=at)
    except IntegrityError:
        refuse_second(user_id=user.pk, product_id=product_id)
        raise
    return review


def _insert(user: User, purchase: Purchase, *, at: datetime, **words) -> Review:
    return Review.objects.create(
        core_id=purchase.product_id, user=user, author=public_name(user.name), reference=purchase.reference,
        verified=True, created_at=at, submitted_at=at, **words,
    )  # fmt: skip
