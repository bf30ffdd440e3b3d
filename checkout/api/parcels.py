"""Where an order goes, its shipments, and what couriers tell of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api import parcel_serializers as s
from checkout.api.order_serializers import OrderAddressSerializer, OrderSerializer
from checkout.api.orders import TOKENS, is_staff, name_of, seen_by, visible_orders
from checkout.order.models import Fulfillment, Order
from checkout.order.rules import api_status
from checkout.order.seen_parcels import TrackedOrder, tracked_order
from checkout.order.selectors import orders_of
from checkout.order.services.change_address import change_address
from checkout.order.services.deliver_parcel import deliver_parcel
from checkout.order.services.ship_parcel import Carrier, ship_parcel
from checkout.shipping.errors import BadCourierSignature, CourierNotOffered
from checkout.shipping.services.receive_report import receive_report
from shop.accounts.roles import has_role
from shop.core.api.caller import Caller, caller_of
from shop.core.api.idempotency import idempotent_as_one
from shop.core.api.problems import TooLarge
from shop.core.errors import NotAllowed, NotThere

NOT_NOW = OpenApiResponse(description="`wrong_state`: too late")


class AddressView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Send the order elsewhere, until its first parcel leaves",
        request=OrderAddressSerializer,
        responses={200: OrderSerializer, 409: NOT_NOW},
        parameters=TOKENS,
        tags=["order"],
    )
    def put(self, request: Request, order_id: int) -> Response:
        caller = caller_of(request)
        if not has_role(caller.user, "admin", "support"):
            _own_or_refused(caller, order_id)
        address = _read(OrderAddressSerializer, request)
        change_address(order_id=order_id, address=address, at=timezone.now(), by=name_of(caller))
        return Response(seen_by(caller, order_id))


class TrackingView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="The shipments of an order and what the couriers told",
        responses=s.TrackingSerializer,
        parameters=TOKENS,
        tags=["order"],
    )
    def get(self, request: Request, order_id: int) -> Response:
        order = tracked_order(visible_orders(caller_of(request)).filter(pk=order_id))
        if order is None:
            raise NotThere
        return Response(tracking_json(order), headers={"Cache-Control": "no-store"})


class ShipmentsView(APIView):
    service_scopes = {"POST": "orders:ship"}
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Staff: a parcel leaves, with all that is left or a part of it",
        request=s.ShipmentBodySerializer,
        responses={201: s.ShipmentSerializer, 409: NOT_NOW},
        tags=["order"],
    )
    @idempotent_as_one
    def post(self, request: Request, order_id: int) -> Response:
        caller = caller_of(request)
        _staff_or_refused(caller, order_id)
        body = _read(s.ShipmentBodySerializer, request)
        carrier = Carrier(body["courier"], body["courier_name"], body["tracking_number"], body["tracking_url"])
        parcel = ship_parcel(
            order_id=order_id, items=body.get("items"), carrier=carrier, at=timezone.now(), by=name_of(caller),
            text=body["note"],
        )  # fmt: skip
        return Response(_shown(parcel), status=201)


class ShipmentView(APIView):
    service_scopes = {"PATCH": "orders:ship"}
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Staff: a parcel arrived, or was refused at the door",
        request=s.ShipmentStatusSerializer,
        responses={200: s.ShipmentSerializer, 409: NOT_NOW},
        tags=["order"],
    )
    def patch(self, request: Request, order_id: int, shipment_id: int) -> Response:
        caller = caller_of(request)
        _staff_or_refused(caller, order_id)
        if not Fulfillment.objects.filter(pk=shipment_id, order_id=order_id).exists():
            raise NotThere
        refused = _read(s.ShipmentStatusSerializer, request)["status"] == "refused"
        parcel = deliver_parcel(fulfillment_id=shipment_id, at=timezone.now(), by=name_of(caller), refused=refused)
        return Response(_shown(parcel))


class CourierWebhookView(APIView):
    """Answered when stored; applied right after, each message once, in any order."""

    permission_classes = [AllowAny]
    authentication_classes: list = []
    raises = (BadCourierSignature,)  # behind the couriers' own check

    @extend_schema(
        summary="A courier's message, signed over the raw body",
        request={"application/json": {"type": "object"}},
        responses={
            200: OpenApiResponse(description="Stored"),
            400: OpenApiResponse(description="Not from the courier"),
        },
        tags=["order"],
    )
    def post(self, request: Request, courier: str) -> Response:
        try:
            receive_report(courier=courier, body=request._request.body, headers=request.headers)
        except RequestDataTooBig:
            raise TooLarge from None
        except CourierNotOffered:
            raise NotThere from None
        return Response({"status": "stored"})


def visible_order(caller: Caller, order_id: int) -> Order:
    """An own order; any, for staff. Raises NotThere."""
    order = visible_orders(caller).filter(pk=order_id).first()
    if order is None:
        raise NotThere
    return order


def tracking_json(order: TrackedOrder) -> dict[str, Any]:
    return {
        "order_id": order.pk,
        "number": order.number,
        "status": api_status(order),
        "fulfillment_status": order.fulfillment_status,
        "shipments": [s.shipment_json(parcel) for parcel in order.parcels],
    }


def _shown(parcel: Fulfillment) -> dict[str, Any]:
    order = tracked_order(Order.objects.filter(pk=parcel.order_id))
    return next(s.shipment_json(known) for known in order.parcels if known.pk == parcel.pk) if order else {}


def _own_or_refused(caller: Caller, order_id: int) -> None:
    """Others see an order without being its buyer: they may not touch it. Raises NotThere, NotAllowed."""
    visible_order(caller, order_id)
    if not orders_of(caller).filter(pk=order_id).exists():
        raise NotAllowed


def _staff_or_refused(caller: Caller, order_id: int) -> None:
    visible_order(caller, order_id)
    if not is_staff(caller):
        raise NotAllowed


def _read(serializer: type, request: Request) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return body.validated_data
