"""`/api/order-line/`: what was ordered of a vendor's products. Nothing of who ordered it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api.cart_serializers import money
from checkout.order.models import Order, OrderLine
from checkout.order.rules import api_status
from checkout.order.seen_lines import SoldLine, sold_lines
from checkout.order.status_filter import CONDITIONS, filter_by_status
from shop.accounts.api.permissions import HasRole
from shop.accounts.roles import STAFF, VENDOR, has_role
from shop.core.api.fields import Instant
from shop.core.api.queries import choice_of
from shop.core.api.read_pages import Listed, paginate_read

EXAMPLE = OpenApiExample(
    "A mug",
    {"id": 7, "order_number": "OS-24183", "placed_at": "2026-11-23T06:30:00Z", "status": "paid", "product_id": 12,
     "variant_id": 31, "sku": "MUG-CREAM", "name": "Chai mug", "quantity": 2, "shipped": 0, "returned": 0,
     "price": "649.00", "total": "1298.00", "currency": "INR"},
    response_only=True,
)  # fmt: skip


class OrderLineSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    order_number = serializers.CharField()
    placed_at = Instant()
    status = serializers.CharField(help_text="The order's.")
    product_id = serializers.IntegerField()
    variant_id = serializers.IntegerField()
    sku = serializers.CharField()
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    shipped = serializers.IntegerField()
    returned = serializers.IntegerField()
    price = serializers.CharField()
    total = serializers.CharField()
    currency = serializers.CharField()


class MaySeeLines(HasRole):
    roles = (*STAFF, VENDOR)


class OrderLinesView(APIView):
    permission_classes = [MaySeeLines]

    @extend_schema(
        summary="Lines of orders, newest first: a vendor's own; staff see all",
        responses=OrderLineSerializer(many=True),
        parameters=[OpenApiParameter("status", str, enum=list(CONDITIONS), description="Of the order")],
        examples=[EXAMPLE],
        tags=["order"],
    )
    def get(self, request: Request) -> Response:
        lines = OrderLine.objects.all()
        if not has_role(request.user, *STAFF):
            lines = lines.filter(seller_id=request.user.pk)
        if status := choice_of(request, "status", CONDITIONS):
            lines = lines.filter(order__in=filter_by_status(Order.objects.all(), status))
        listed = Listed(lines, "order_orderline.id DESC", sold_lines)
        return paginate_read(request, listed, line_json)


def line_json(line: SoldLine) -> dict[str, Any]:
    return {
        "id": line.pk,
        "product_id": line.product_id,
        "variant_id": line.variant_id,
        "sku": line.sku,
        "name": line.name,
        "quantity": line.quantity,
        "shipped": line.shipped,
        "returned": line.returned,
        "order_number": line.number,
        "placed_at": line.placed_at,
        "status": api_status(line),
        "price": money(line.price, line.currency),
        "total": money(line.total, line.currency),
        "currency": line.currency,
    }
