"""`/api/wishlist/`: what a person keeps an eye on. (`…/move-to-cart/` is the checkout's.)"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api import schemas
from catalog.api.reading import MAX_ID, storable_id
from catalog.wishlist.selectors import Wished, as_they_stand, item_of, items_of
from catalog.wishlist.services.drop_product import drop_product
from catalog.wishlist.services.keep_product import keep_product
from shop.core.api.context import context_of
from shop.core.api.fields import Instant, moment
from shop.core.api.pagination import Pages

NOT_THERE = OpenApiResponse(description="Not there, or not yours")
FULL = OpenApiResponse(description="`wishlist_full`")
KEPT = OpenApiExample("A mug", {"product_id": 12, "variant_id": 31}, request_only=True)


class WishIn(serializers.Serializer):
    product_id = serializers.IntegerField(min_value=1, max_value=MAX_ID)
    variant_id = serializers.IntegerField(min_value=1, max_value=MAX_ID, required=False, allow_null=True, default=None)


class WishedSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    product_id = serializers.IntegerField()
    variant_id = serializers.IntegerField(allow_null=True)
    added_at = Instant()
    price = serializers.CharField(allow_null=True, help_text="Now; null while it is not for sale")
    currency = serializers.CharField()
    price_when_added = serializers.CharField(allow_null=True)
    price_dropped = serializers.BooleanField()
    product = schemas.ProductCard(allow_null=True, help_text="Its card; null while it is not on sale")


def wished_json(wished: Wished) -> dict[str, Any]:
    item = wished.item
    return {
        "id": item.pk,
        "product_id": item.core_id,
        "variant_id": item.variant_id,
        "added_at": moment(item.added_at),
        "price": str(wished.price) if wished.price else None,
        "currency": wished.price.currency if wished.price else item.currency,
        "price_when_added": str(wished.before) if wished.before else None,
        "price_dropped": wished.dropped,
        "product": wished.card,
    }


class WishlistView(APIView):
    @extend_schema(
        summary="What one keeps an eye on, the latest first", parameters=[*schemas.PAGING, *schemas.CONTEXT],
        responses=WishedSerializer(many=True), tags=["lists"],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        pages = Pages()
        rows = pages.paginate_queryset(items_of(request.user), request) or []  # type: ignore[arg-type]
        return pages.get_paginated_response([wished_json(each) for each in as_they_stand(rows, context_of(request))])

    @extend_schema(
        summary="Keep a product",
        request=WishIn,
        responses={
            201: WishedSerializer,
            200: OpenApiResponse(WishedSerializer, description="It stood there already"),
            404: OpenApiResponse(description="Not on sale"),
            409: FULL,
        },
        parameters=schemas.CONTEXT,
        examples=[KEPT],
        tags=["lists"],
    )
    def post(self, request: Request) -> Response:
        body = WishIn(data=request.data)
        body.is_valid(raise_exception=True)
        context = context_of(request)
        item, is_new = keep_product(user=request.user, context=context, at=timezone.now(), **body.validated_data)  # type: ignore[arg-type]
        return Response(wished_json(as_they_stand([item], context)[0]), status=201 if is_new else 200)


class WishView(APIView):
    @extend_schema(summary="Take it off the list", responses={204: None, 404: NOT_THERE}, tags=["lists"])
    def delete(self, request: Request, item_id: int) -> Response:
        item = item_of(request.user, storable_id(item_id))  # type: ignore[arg-type]
        drop_product(user=request.user, product_id=item.core_id)  # type: ignore[arg-type]
        return Response(status=204)
