"""`/api/price-list/`: the lists that `/api/price/bulk/` writes into, for those who may."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.pricing.models import PriceList
from shop.accounts.api.permissions import IsMerchandiser
from shop.core.api.pagination import paginate


class PriceListSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    code = serializers.CharField(help_text="What `price_list` of `/api/price/bulk/` names.")
    name = serializers.CharField()
    currency = serializers.CharField()
    customer_group = serializers.CharField(help_text="For whom; empty: for everybody.")
    priority = serializers.IntegerField(help_text="The highest one that has a price wins.")
    is_base = serializers.BooleanField(help_text="In the shop's own currency its prices are typed on products.")
    is_live = serializers.BooleanField(help_text="Prices of a list that is not live hold for nobody.")


def price_list_json(prices: PriceList) -> dict[str, Any]:
    same = ("code", "name", "currency", "customer_group", "priority", "is_base")
    return {"id": prices.pk, **{name: getattr(prices, name) for name in same}, "is_live": prices.live}


class PriceListsView(APIView):
    permission_classes = [IsMerchandiser]
    service_scopes = {"GET": "prices:write"}

    @extend_schema(summary="Price lists, by code", responses=PriceListSerializer(many=True), tags=["catalogue"])
    def get(self, request: Request) -> Response:
        return paginate(request, PriceList.objects.order_by("code"), price_list_json)
