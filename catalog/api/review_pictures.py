"""`/api/review/<id>/pictures/`: pictures below one's own review."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api import review_serializers as s
from catalog.api.reading import storable_id
from catalog.reviews.pictures import MOST_BYTES
from catalog.reviews.services.add_picture import add_picture
from catalog.reviews.services.remove_picture import remove_picture
from shop.core.errors import Invalid, Refusal
from shop.core.limits import Limit, count

SENT_BY_ACCOUNT = Limit("review_pictures_of_account", 60, 3600)
ENVELOPE = 64 * 1024  # what a form adds to the picture itself
NOT_THERE = OpenApiResponse(description="Not there, or not yours")
FULL = OpenApiResponse(description="`too_many_pictures`: four are there")


class PictureTooLarge(Refusal):
    status = 413
    code = "too_large"
    title = gettext_lazy("A picture of at most 8 MB.")


class PictureIn(serializers.Serializer):
    file = serializers.FileField(help_text="JPEG, PNG or WebP, at most 8 MB")


class ReviewPicturesView(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        summary="Add a picture; shown once it was made ready and the review was read again",
        request={"multipart/form-data": PictureIn},
        responses={201: s.PictureSerializer, 404: NOT_THERE, 409: FULL, 413: OpenApiResponse(description="Over 8 MB")},
        tags=["reviews"],
    )
    def post(self, request: Request, review_id: int) -> Response:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + ENVELOPE:
            raise PictureTooLarge
        count(SENT_BY_ACCOUNT, str(request.user.pk))
        file = request.FILES.get("file")
        if file is None:
            raise Invalid(errors={"file": [_("Send the picture as the form field “file”.")]})
        picture = add_picture(
            review_id=storable_id(review_id), user=request.user, content=file.read(MOST_BYTES + 1), at=timezone.now()  # type: ignore[arg-type]
        )  # fmt: skip
        return Response(s.picture_json(picture), status=201)


class ReviewPictureView(APIView):
    @extend_schema(summary="Remove a picture", responses={204: None, 404: NOT_THERE}, tags=["reviews"])
    def delete(self, request: Request, review_id: int, picture_id: int) -> Response:
        remove_picture(
            review_id=storable_id(review_id), picture_id=storable_id(picture_id), user=request.user  # type: ignore[arg-type]
        )  # fmt: skip
        return Response(status=204)
