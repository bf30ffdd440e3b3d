"""`POST /api/order/<id>/release/`: support lets go an order that is held for review."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api.order_serializers import OrderSerializer
from checkout.api.orders import name_of, seen_by
from checkout.api.parcels import visible_order
from checkout.order.services.hold_for_review import end_review
from shop.accounts.roles import has_role
from shop.core.api.caller import caller_of
from shop.core.api.idempotency import idempotent
from shop.core.errors import NotAllowed


class ReleaseOrderView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Support: let go an order that is held for review",
        request=None,
        responses={200: OrderSerializer, 409: OpenApiResponse(description="`wrong_state`: it is cancelled")},
        tags=["order"],
    )
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        caller = caller_of(request)
        visible_order(caller, order_id)
        if not has_role(caller.user, "admin", "support"):
            raise NotAllowed
        end_review(order_id=order_id, at=timezone.now(), by=name_of(caller))
        return Response(seen_by(caller, order_id))
