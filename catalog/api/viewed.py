"""`/api/recently-viewed/`: of an account its own rows, of a guest the ids in a cookie."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api import schemas
from catalog.api.reading import MAX_ID
from catalog.api.viewed_cookie import ids_in_cookie, keep_ids
from catalog.listing.postgres import cards_for
from catalog.viewed.selectors import viewed_ids
from catalog.viewed.services.note_views import note_views
from shop.core.api.context import context_of


class ViewIn(serializers.Serializer):
    product_id = serializers.IntegerField(min_value=1, max_value=MAX_ID)


class RecentlyViewedView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="At most twenty products, the latest first; not paged",
        parameters=schemas.CONTEXT,
        responses=schemas.ProductCard(many=True),
        tags=["lists"],
    )
    def get(self, request: Request) -> Response:
        ids = viewed_ids(request.user) if request.user.is_authenticated else ids_in_cookie(request)
        cards = cards_for(ids, context_of(request)) if ids else []
        return Response(cards, headers={"Cache-Control": "private, no-store"})

    @extend_schema(
        summary="Say that a product was looked at",
        request=ViewIn,
        responses={204: OpenApiResponse(description="Noted; a guest's are kept in the cookie `viewed`")},
        tags=["lists"],
    )
    def post(self, request: Request) -> Response:
        body = ViewIn(data=request.data)
        body.is_valid(raise_exception=True)
        product_id, response = body.validated_data["product_id"], Response(status=204)
        if request.user.is_authenticated:
            note_views(user=request.user, product_ids=[product_id], at=timezone.now())
        else:
            keep_ids(response, [product_id, *ids_in_cookie(request)])
        return response
