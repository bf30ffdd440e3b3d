from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from catalog.listing import surrogates
from catalog.reviews.errors import OwnReview
from catalog.reviews.models import HelpfulVote, Review
from catalog.reviews.statuses import Status
from shop.accounts.models import User
from shop.core.errors import NotThere


def vote_helpful(*, review_id: int, user: User, helpful: bool, at: datetime) -> int:
    """Say that a review helped, or take that back; each person counts once, and the same again has no effect. Returns
    how many it helped. Raises NotThere for one that is not shown, OwnReview. Locks: the review, by its update.
    """
    with transaction.atomic():
        review = Review.objects.filter(pk=review_id, status=Status.APPROVED).only("core_id", "user_id").first()
        if review is None:
            raise NotThere
        if review.user_id == user.pk:
            raise OwnReview
        step = _add(review, user, at) if helpful else -_drop(review, user)
        if step:
            Review.objects.filter(pk=review_id).update(helpful_count=F("helpful_count") + step)
            surrogates.bump([f"prod-{review.core_id}"])
        return Review.objects.values_list("helpful_count", flat=True).get(pk=review_id)


def _add(review: Review, user: User, at: datetime) -> int:
    return int(HelpfulVote.objects.get_or_create(review=review, user=user, defaults={"at": at})[1])


def _drop(review: Review, user: User) -> int:
    return HelpfulVote.objects.filter(review=review, user=user).delete()[0]
