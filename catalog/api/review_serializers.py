"""Reviews as JSON: the same dictionaries feed the rendered pages."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from rest_framework import serializers

from catalog.reviews.models import Review, ReviewPicture
from catalog.reviews.rules import BODY_AT_MOST, REASON_AT_MOST, TITLE_AT_MOST
from catalog.reviews.seen import SeenPicture, SeenReview
from catalog.reviews.statuses import Status
from shop.core.api.fields import Instant, moment


class StarsField(serializers.IntegerField):
    """1 to 5, as JSON writes an integer: `4.0` and `true` are none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"min_value": 1, "max_value": 5} | kwargs))

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, (bool, float)):
            self.fail("invalid")
        return super().to_internal_value(data)


class ReviewIn(serializers.Serializer):
    """What a buyer writes. `PATCH` takes some of it."""

    rating = StarsField()
    title = serializers.CharField(max_length=TITLE_AT_MOST, required=False, allow_blank=True, default="")
    body = serializers.CharField(max_length=BODY_AT_MOST)


class ReviewChangeIn(ReviewIn):
    """Its author: `rating`, `title`, `body`. A merchandiser: `status` with a `reason`, `answer`."""

    status = serializers.ChoiceField(
        choices=[("approved", "approved"), ("rejected", "rejected")], help_text="Merchandisers"
    )
    reason = serializers.CharField(
        max_length=REASON_AT_MOST, allow_blank=True, help_text="With `rejected`: its author reads it"
    )
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="With `status`: the one that was read; changed since: 409"
    )
    answer = serializers.CharField(max_length=BODY_AT_MOST, allow_blank=True, help_text="Merchandisers; empty removes")


class PictureSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    url = serializers.CharField(help_text="Empty until it is made")
    thumbnail = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class AnswerSerializer(serializers.Serializer):
    body = serializers.CharField()
    at = Instant()


class ShownReviewSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    product = serializers.IntegerField()
    rating = serializers.IntegerField()
    title = serializers.CharField()
    body = serializers.CharField(help_text="Plain text")
    lang = serializers.CharField(help_text="In which it was written")
    author = serializers.CharField(help_text="First name and initial; may be empty")
    verified = serializers.BooleanField(help_text="The author has bought it here")
    created_at = Instant()
    helpful_count = serializers.IntegerField()
    pictures = PictureSerializer(many=True)
    answer = AnswerSerializer(allow_null=True)


class ReviewSerializer(ShownReviewSerializer):
    """For its author and for merchandisers."""

    status = serializers.ChoiceField(choices=Status.choices)
    reason = serializers.CharField(help_text="Why it is not shown")
    version = serializers.IntegerField()
    submitted_at = Instant()
    decided_at = Instant(allow_null=True)


class ReviewPageSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ShownReviewSerializer(many=True)
    rating = serializers.CharField(allow_null=True, help_text="`4.6`, of all reviews")
    distribution = serializers.DictField(child=serializers.IntegerField(), help_text="How many gave `5`, `4`, … `1`")


class VoteSerializer(serializers.Serializer):
    helpful_count = serializers.IntegerField()
    voted = serializers.BooleanField()


def shown_json(review: Review | SeenReview) -> dict[str, Any]:
    return {
        "id": review.pk,
        "product": review.core_id,
        "rating": review.rating,
        "title": review.title,
        "body": review.body,
        "lang": review.locale,
        "author": review.author,
        "verified": review.verified,
        "created_at": moment(review.created_at),
        "helpful_count": review.helpful_count,
        "pictures": [picture_json(picture) for picture in review.all_pictures if picture.is_ready],
        "answer": answer_json(review),
    }


def answer_json(review: Review | SeenReview) -> dict[str, Any] | None:
    if not review.answer:
        return None
    return {"body": review.answer, "at": moment(review.answered_at) if review.answered_at else None}


def review_json(review: Review | SeenReview) -> dict[str, Any]:
    """With what only its author and merchandisers see; pictures that are not made yet, too."""
    return shown_json(review) | {
        "pictures": [picture_json(picture) for picture in review.all_pictures],
        "status": review.status,
        "reason": review.reason,
        "version": review.version,
        "submitted_at": moment(review.submitted_at),
        "decided_at": moment(review.decided_at) if review.decided_at else None,
    }


def picture_json(picture: ReviewPicture | SeenPicture) -> dict[str, Any]:
    return {
        "id": picture.pk,
        "url": default_storage.url(str(picture.large)) if picture.is_ready else "",
        "thumbnail": default_storage.url(str(picture.small)) if picture.is_ready else "",
        "width": picture.width,
        "height": picture.height,
    }
