"""What the shop knows of a person through reviews. All of it goes with the account: no book has to keep it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from catalog.reviews.models import HelpfulVote, Review
from catalog.reviews.selectors import reviews_by
from catalog.reviews.services.withdraw_review import remove
from shop.core.db import lock_in_order
from shop.core.personal_data import on_erase, personal_data

FACTS = ("id", "core_id", "rating", "title", "body", "locale", "author", "reference", "status", "reason", "answer",
         "created_at", "submitted_at")  # fmt: skip


@personal_data("reviews")
def reviews_of(user) -> list[dict[str, Any]]:
    return [
        {name: getattr(review, name) for name in FACTS}
        | {"pictures": [picture.large.url for picture in review.all_pictures if picture.is_ready]}
        for review in reviews_by(user)
    ]


@personal_data("helpful_votes")
def votes_of(user) -> list[dict[str, Any]]:
    return [dict(row) for row in HelpfulVote.objects.filter(user=user).order_by("pk").values("review_id", "at")]


@on_erase
def forget_reviews(user, at: datetime) -> None:
    """Locks: the person's reviews by primary key, then those they voted for."""
    for review in lock_in_order(Review.objects.filter(user=user)):
        remove(review, at=at)
    voted = lock_in_order(Review.objects.filter(votes__user=user))
    Review.objects.filter(pk__in=[review.pk for review in voted]).update(helpful_count=F("helpful_count") - 1)
    HelpfulVote.objects.filter(user=user).delete()
