"""`POST /api/order/<id>/buy-again/`."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api.orders import TOKENS
from checkout.order.selectors import order_for
from checkout.order.services.buy_again import Left, buy_again
from shop.core.api.caller import caller_of
from shop.core.api.context import context_of
from shop.core.api.idempotency import idempotent


class LeftSerializer(serializers.Serializer):
    item_id = serializers.IntegerField()
    sku = serializers.CharField()
    name = serializers.CharField()
    quantity = serializers.IntegerField(help_text="How many could not be had")


class BoughtSerializer(serializers.Serializer):
    added = serializers.IntegerField(help_text="Pieces put into the cart now")
    not_available = LeftSerializer(many=True)


class BuyAgainView(APIView):
    gives_cart_token = True
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Fill the cart up to what an order of one's own had, as far as it is for sale",
        description="A guest whose cart is made by this is given its `X-Cart-Token`.",
        request=None,
        responses=BoughtSerializer,
        parameters=TOKENS,
        tags=["order"],
    )
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        caller = caller_of(request)
        bought = buy_again(order=order_for(caller, order_id), caller=caller, context=context_of(request))
        told = {"added": bought.put, "not_available": [_left_json(left) for left in bought.left]}
        return Response(told, headers={"X-Cart-Token": bought.new_token} if bought.new_token else {})


def _left_json(left: Left) -> dict:
    line = left.line
    return {"item_id": line.pk, "sku": line.sku, "name": line.name, "quantity": left.quantity}
