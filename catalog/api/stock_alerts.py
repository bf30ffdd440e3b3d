"""/api/product/<id>/stock-alert/: to be told when a sold-out variant is back."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.listing.services.wait_for_variant import wait_for_variant
from shop.core.api.language import locale_of
from shop.core.limits import Limit, count_address

ASKED_FROM_ADDRESS = Limit("stock_alerts_of_address", 60, 60)


class StockAlertAsked(serializers.Serializer):
    variant_id = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None
    )
    email = serializers.EmailField(required=False, default="", help_text="Guests; an account is told at its own.")


class StockAlertShown(serializers.Serializer):
    email = serializers.EmailField()


class StockAlertView(APIView):
    permission_classes = (permissions.AllowAny,)

    @extend_schema(
        tags=["notifications"], summary="Be told once when a sold-out variant is back", request=StockAlertAsked,
        responses={201: StockAlertShown},
    )  # fmt: skip
    def post(self, request, product_id):
        body = StockAlertAsked(data=request.data)
        body.is_valid(raise_exception=True)
        count_address(ASKED_FROM_ADDRESS, request)
        user = request.user if request.user.is_authenticated else None
        email = wait_for_variant(
            product_id=product_id, at=timezone.now(), locale=locale_of(request), user=user, **body.validated_data
        )
        return Response({"email": email}, status=201)
