"""`/api/review/`: one's own reviews, and the desk of those who read them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api import review_serializers as s
from catalog.api.reading import storable_id
from catalog.reviews.models import Review
from catalog.reviews.seen import SeenReview, seen_review, seen_reviews
from catalog.reviews.services.answer_review import answer_review
from catalog.reviews.services.change_review import change_review
from catalog.reviews.services.decide_review import decide_review
from catalog.reviews.services.vote_helpful import vote_helpful
from catalog.reviews.services.withdraw_review import withdraw_review
from catalog.reviews.statuses import Status
from shop.accounts.roles import MERCHANDISER, has_role
from shop.core.api.queries import choice_of, flag_of, id_of
from shop.core.api.read_pages import Listed, paginate_read
from shop.core.errors import NotAllowed, NotThere

NOT_THERE = OpenApiResponse(description="Not there, or not yours")
NOT_YOURS = OpenApiResponse(description="A field that is not yours to write")
CHANGED = OpenApiResponse(description="`review_changed`: its author has changed it since `version`")
APPROVED = OpenApiExample("Show it", {"status": "approved"}, request_only=True)
REJECTED = OpenApiExample("Do not", {"status": "rejected", "reason": "It names the courier."}, request_only=True)
THEIRS, OURS = {"rating", "title", "body"}, {"status", "reason", "version", "answer"}
FILTERS = [
    OpenApiParameter("mine", bool, description="One's own; all that a buyer may ask for"),
    OpenApiParameter("status", str, enum=Status.values),
    OpenApiParameter("product", int),
]


class ReviewsView(APIView):
    @extend_schema(
        summary="Reviews to be read, the oldest first (merchandisers); one's own with `mine=true`",
        parameters=FILTERS,
        responses=s.ReviewSerializer(many=True),
        tags=["reviews"],
    )
    def get(self, request: Request) -> Response:
        mine = flag_of(request, "mine")
        if not mine and not has_role(request.user, MERCHANDISER):
            raise NotAllowed(_("Ask for your own: ?mine=true."))
        found = Review.objects.filter(user=request.user) if mine else Review.objects.all()  # type: ignore[misc]
        order = "created_at DESC, id DESC" if mine else "submitted_at, id"
        return paginate_read(request, Listed(_narrow(found, request), order, seen_reviews), s.review_json)


class ReviewView(APIView):
    @extend_schema(
        summary="One review, of one's own", responses={200: s.ReviewSerializer, 404: NOT_THERE}, tags=["reviews"]
    )
    def get(self, request: Request, review_id: int) -> Response:
        return Response(s.review_json(_found(request, review_id)))

    @extend_schema(
        summary="Change one's own, which is read again then; merchandisers: show it or not, answer it",
        request=s.ReviewChangeIn(partial=True),
        responses={200: s.ReviewSerializer, 403: NOT_YOURS, 404: NOT_THERE, 409: CHANGED},
        examples=[APPROVED, REJECTED],
        tags=["reviews"],
    )
    def patch(self, request: Request, review_id: int) -> Response:
        review = _found(request, review_id)
        body = s.ReviewChangeIn(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        _write(
            request, review, {name: body.validated_data[name] for name in body.validated_data if name in request.data}
        )
        return Response(s.review_json(_found(request, review_id)))

    @extend_schema(summary="Withdraw one's own", responses={204: None, 404: NOT_THERE}, tags=["reviews"])
    def delete(self, request: Request, review_id: int) -> Response:
        withdraw_review(review_id=storable_id(review_id), user=request.user, at=timezone.now())  # type: ignore[arg-type]
        return Response(status=204)


class HelpfulView(APIView):
    @extend_schema(
        summary="It helped me; each person counts once", request=None,
        responses={200: s.VoteSerializer, 403: OpenApiResponse(description="`own_review`"), 404: NOT_THERE}, tags=["reviews"],
    )  # fmt: skip
    def post(self, request: Request, review_id: int) -> Response:
        return self._vote(request, review_id, helpful=True)

    @extend_schema(
        summary="Take that back", responses={200: s.VoteSerializer, 404: NOT_THERE}, tags=["reviews"],
    )  # fmt: skip
    def delete(self, request: Request, review_id: int) -> Response:
        return self._vote(request, review_id, helpful=False)

    def _vote(self, request: Request, review_id: int, *, helpful: bool) -> Response:
        number = vote_helpful(
            review_id=storable_id(review_id), user=request.user, helpful=helpful, at=timezone.now()  # type: ignore[arg-type]
        )  # fmt: skip
        return Response({"helpful_count": number, "voted": helpful})


def _found(request: Request, review_id: int) -> SeenReview:
    """One's own, for merchandisers any. Raises NotThere."""
    reviews = Review.objects.filter(pk=storable_id(review_id))
    if not has_role(request.user, MERCHANDISER):
        reviews = reviews.filter(user=request.user)  # type: ignore[misc]
    found = seen_review(reviews)
    if found is None:
        raise NotThere
    return found


def _write(request: Request, review: SeenReview, given: dict[str, Any]) -> None:
    """Each field by whom it belongs to. Raises NotAllowed for another's, then nothing is written."""
    named, is_author = set(given), review.user_id == request.user.pk
    if (named & OURS and not has_role(request.user, MERCHANDISER)) or (named & THEIRS and not is_author):
        raise NotAllowed(_("Not yours to write: %(fields)s.") % {"fields": ", ".join(sorted(named))})
    by, at = request.user.get_username(), timezone.now()
    if named & THEIRS:
        change_review(review_id=review.pk, user=request.user, fields=given, at=at)  # type: ignore[arg-type]
    if "status" in given:
        decide_review(
            review_id=review.pk, approve=given["status"] == Status.APPROVED, by=by, at=at,
            reason=given.get("reason", ""), version=given.get("version"),
        )  # fmt: skip
    if "answer" in given:
        answer_review(review_id=review.pk, answer=given["answer"], by=by, at=at)


def _narrow(reviews: QuerySet[Review], request: Request) -> QuerySet[Review]:
    """Raises Invalid."""
    if status := choice_of(request, "status", Status.values):
        reviews = reviews.filter(status=status)
    product = id_of(request, "product")
    return reviews if product is None else reviews.filter(core_id=product)
