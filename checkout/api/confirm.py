"""`POST /api/order/<id>/confirm/`: the buyer of a cash order types its code; without one, a new code is sent."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api.order_serializers import OrderSerializer
from checkout.api.orders import TOKENS, seen_by
from checkout.order.selectors import order_for
from checkout.order.services.confirm_cash import confirm_cash
from checkout.order.services.send_code import send_code
from shop.core.api.caller import caller_of
from shop.core.api.idempotency import idempotent


class CodeSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=20, required=False, default="", help_text="Without it a new one is sent")


class ConfirmCashView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="The buyer of a cash order: confirm it by its code, or have a new one sent",
        request=CodeSerializer,
        responses={
            200: OrderSerializer,
            400: OpenApiResponse(description="`wrong_code`, with `tries_left`"),
            409: OpenApiResponse(description="`code_over`, `code_too_soon`, `wrong_state`"),
        },
        parameters=TOKENS,
        tags=["order"],
    )
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        caller = caller_of(request)
        order = order_for(caller, order_id)
        body = CodeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        if code := body.validated_data["code"]:
            confirm_cash(order_id=order.pk, code=code, at=timezone.now())
        else:
            send_code(order_id=order.pk, at=timezone.now())
        return Response(seen_by(caller, order_id))
