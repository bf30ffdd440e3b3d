"""`/api/order/look-up/`: the way back to an order, by its number and its e-mail address."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.order.limits import LOOK_UPS_OF_ADDRESS
from checkout.order.services.look_up_order import look_up_order
from shop.accounts.statuses import LinkClient
from shop.core.api.idempotency import idempotent_as_one
from shop.core.limits import count_address


class LookUpSerializer(serializers.Serializer):
    number = serializers.CharField(max_length=24, help_text="`OS-24183`, as it stands in every letter")
    email = serializers.EmailField(max_length=254, help_text="The address that was given with the order")
    client = serializers.ChoiceField(
        LinkClient.choices, default=LinkClient.PAGES.value, help_text="Where a guest's link leads: the page, or the app"
    )


class LookUpView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Have the way back to an order sent to its e-mail address",
        description="The answer is the same whether or not there is such an order. A guest's letter carries a link with a "
        "token that works for a day as `X-Order-Token`; that of an account leads to where one signs in.",
        request=LookUpSerializer,
        responses={202: None},
        tags=["order"],
    )
    @idempotent_as_one
    def post(self, request: Request) -> Response:
        count_address(LOOK_UPS_OF_ADDRESS, request)
        asked = LookUpSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        look_up_order(**asked.validated_data)
        return Response(status=202)
