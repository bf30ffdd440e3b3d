"""`/api/product/<id>/reviews/`: what buyers say of a product, and saying it."""

from __future__ import annotations

import json

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import review_serializers as s
from catalog.api import schemas
from catalog.api.paging import page_json
from catalog.api.parameters import paging_of
from catalog.api.reading import PublicReadView, storable_id
from catalog.reviews.rules import average_of_stars
from catalog.reviews.selectors import ORDERINGS, shown_of, stars_of
from catalog.reviews.services.write_review import write_review
from shop.core.api.idempotency import idempotent_as_one
from shop.core.api.language import locale_of
from shop.core.api.queries import choice_of
from shop.core.errors import Invalid, NotThere
from shop.core.limits import Limit, count

WRITTEN_BY_ACCOUNT = Limit("reviews_of_account", 30, 3600)
REFUSED = OpenApiResponse(description="`not_bought`: nothing of it was delivered to you; `email_not_verified`")
THERE = OpenApiResponse(description="`already_reviewed`, with `review_id`")
NOT_THERE = OpenApiResponse(description="Not on sale")
WRITTEN = OpenApiExample(
    "Five stars", {"rating": 5, "title": "Keeps chai hot", "body": "The handle fits three fingers."}, request_only=True
)
FILTERS = [
    OpenApiParameter(
        "rating", {"type": "integer", "minimum": 1, "maximum": 5}, description="Only those with so many stars"
    ),
    OpenApiParameter("ordering", str, enum=list(ORDERINGS), description="`newest` if not given"),
]


class ProductReviewsView(PublicReadView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    def read(self, request: HttpRequest, product_id: int) -> str:  # type: ignore[override]
        page, size, _tree = paging_of(request)
        rating, ordering = asked_for(request)
        stars = stars_of(storable_id(product_id))
        found = stars[rating] if rating else sum(stars.values())
        if page > 1 and (page - 1) * size >= found:
            raise NotThere(code="page_not_found")
        rows = shown_of(product_id, rating=rating, ordering=ordering)[(page - 1) * size : page * size]
        average = average_of_stars(stars)
        return page_json(
            request, count=found, page=page, size=size, results=_json([s.shown_json(row) for row in rows]),
            rating=_json(str(average) if average else None), distribution=_json(stars),
        )  # fmt: skip

    @extend_schema(
        operation_id="product_reviews_list",
        summary="What buyers say of it",
        parameters=[*FILTERS, *schemas.PAGES],
        responses={200: s.ReviewPageSerializer, 404: NOT_THERE},
        tags=["reviews"],
    )
    def get(self, request: Request, product_id: int) -> Response:
        return Response(json.loads(self.read(request, product_id)))

    @extend_schema(
        summary="Review what was delivered to you; shown once somebody has read it",
        request=s.ReviewIn,
        responses={201: s.ReviewSerializer, 403: REFUSED, 404: NOT_THERE, 409: THERE},
        examples=[WRITTEN],
        tags=["reviews"],
    )
    @idempotent_as_one
    def post(self, request: Request, product_id: int) -> Response:
        body = s.ReviewIn(data=request.data)
        body.is_valid(raise_exception=True)
        count(WRITTEN_BY_ACCOUNT, str(request.user.pk))
        review = write_review(
            user=request.user,  # type: ignore[arg-type]
            product_id=storable_id(product_id), locale=locale_of(request), at=timezone.now(),
            **body.validated_data,
        )  # fmt: skip
        return Response(s.review_json(review), status=201)


def asked_for(request: HttpRequest) -> tuple[int | None, str]:
    """Stars and ordering. Raises Invalid."""
    rating = request.GET.get("rating")
    if rating not in (None, "1", "2", "3", "4", "5"):
        raise Invalid(errors={"rating": [_("A number from 1 to 5.")]})
    return int(rating) if rating else None, choice_of(request, "ordering", ORDERINGS) or "newest"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
