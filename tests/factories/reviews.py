"""Reviews as buyers and merchandisers would make them: through the use cases, of pieces that were delivered."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone
from PIL import Image

from catalog.product.models import ProductCore
from catalog.reviews.models import Review
from catalog.reviews.services.decide_review import decide_review
from catalog.reviews.services.write_review import write_review
from shop.accounts.models import User
from shop.core.tasks.runner import run_everything_due
from tests.factories.orders import make_delivered_order
from tests.factories.people import make_user


def make_buyer(product: ProductCore, username: str = "", **facts: Any) -> User:
    """Somebody with a confirmed address to whom the product was delivered."""
    user = make_user(username, **({"is_verified": True} | facts))
    make_delivered_order(variant=product.variants.first(), user=user)
    return user


def make_review(
    product: ProductCore, *, rating: int = 5, status: str = "approved", user: User | None = None, **words: Any
) -> Review:  # fmt: skip
    words = {"title": "Good", "body": "It keeps chai hot.", "locale": "en"} | words
    user = user or make_buyer(product)
    review = write_review(user=user, product_id=product.pk, rating=rating, at=timezone.now(), **words)
    if status != "pending":
        decide_review(review_id=review.pk, approve=status == "approved", by="maya", at=timezone.now(), reason="No.")
    return Review.objects.get(pk=review.pk)


def settle() -> None:
    """Everything that waits happens: events, letters, pictures."""
    while run_everything_due():
        pass


def picture_bytes(*, width: int = 900, height: int = 600, kind: str = "JPEG", turned: bool = False) -> bytes:
    """With the place where it was taken inside; `turned` as phones do it."""
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    if turned:
        exif[0x0112] = 6
    file = io.BytesIO()
    Image.new("RGB", (width, height), (180, 90, 40)).save(file, kind, **({"exif": exif} if kind != "PNG" else {}))
    return file.getvalue()
