from __future__ import annotations

from catalog.reviews.models import Review
from shop.core.errors import NotThere


def lock_review(review_id: int, *, user_id: int | None = None) -> Review:
    """The review (of this author), locked. Raises NotThere."""
    found = Review.objects.filter(pk=review_id, **({"user_id": user_id} if user_id else {}))
    review = found.select_for_update(no_key=True, of=("self",)).first()
    if review is None:
        raise NotThere
    return review
