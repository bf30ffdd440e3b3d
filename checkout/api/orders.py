"""`/api/order/`: place, read, cancel; staff move orders along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.changes import are_changes
from checkout.api.limits import place_counted
from checkout.api.order_changes import changed_orders
from checkout.api.order_payment import PaymentMethodSerializer, pay_another_way
from checkout.api.order_serializers import (
    CancelSerializer,
    OrderPage,
    OrderSerializer,
    OrderStatusSerializer,
    PlaceOrderSerializer,
    StaffOrderSerializer,
    order_json,
    staff_order_json,
)
from checkout.api.prospects import just_placed, with_prospects
from checkout.order.errors import WrongState
from checkout.order.models import Order
from checkout.order.rules import api_status, next_statuses
from checkout.order.seen import SeenOrder, seen_order, seen_orders
from checkout.order.selectors import orders_of
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.place_order import Buyer, Wishes, place_order
from checkout.order.services.ship_order import ship_order
from checkout.order.status_filter import CONDITIONS, filter_by_status
from shop.accounts import rules as address_rules
from shop.accounts.models import Address
from shop.accounts.roles import has_role
from shop.core.api.caller import Caller, caller_of
from shop.core.api.context import context_of
from shop.core.api.idempotency import idempotency_key_of, idempotent
from shop.core.api.pagination import PAGING
from shop.core.api.queries import choice_of, flag_of
from shop.core.api.read_pages import Listed, paginate_read
from shop.core.errors import Invalid, NotAllowed, NotThere
from shop.privacy.cookies import visitor_of

STAFF = ("admin", "merchandiser", "support")
SINCE = OpenApiParameter(
    "updated_since",
    datetime,
    description="Only what changed since then (the order, its lines, parcels, tracking or returns), the oldest change first. "
    "Read on by `next`; goes with `all`, `page_size` and `fields`, not with `status`.",
)
TOKENS = [
    OpenApiParameter("X-Cart-Token", str, OpenApiParameter.HEADER),
    OpenApiParameter("X-Order-Token", str, OpenApiParameter.HEADER),
]


class OrdersView(APIView):
    shape = StaffOrderSerializer
    service_scopes = {"GET": "orders:read"}
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="order_list",
        summary="Own orders, newest first; staff see all with ?all=true",
        responses=OrderPage,
        parameters=[
            *TOKENS,
            *PAGING,
            OpenApiParameter("status", str, enum=list(CONDITIONS)),
            OpenApiParameter("all", bool),
            SINCE,
        ],
        tags=["order"],
    )
    def get(self, request: Request) -> Response:
        caller = caller_of(request)
        everything = flag_of(request, "all")
        if everything and not is_staff(caller):
            self.permission_denied(request)
        orders = Order.objects.all() if everything else orders_of(caller)
        as_json = staff_order_json if everything else order_json
        shown = partial(with_prospects, as_json=as_json)
        if are_changes(request):
            return Response(changed_orders(request, orders, shown))
        orders = filter_by_status(orders, choice_of(request, "status", CONDITIONS))
        return paginate_read(request, Listed(orders, "placed_at DESC, id DESC", seen_orders), shown)

    @extend_schema(
        summary="Place an order from the cart",
        request=PlaceOrderSerializer,
        responses={201: OrderSerializer},
        parameters=[*TOKENS, OpenApiParameter("accept_prices", bool)],
        tags=["order"],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        accept = flag_of(request, "accept_prices")
        wanted = PlaceOrderSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        caller, data = caller_of(request), wanted.validated_data
        place = partial(
            place_order,
            buyer=replace(_buyer(caller, data), visitor=data.get("visitor") or visitor_of(request)),
            wishes=_wishes(caller, data, accept=accept),
            context=context_of(request),
            idempotency_key=idempotency_key_of(request),
        )
        order = place_counted(request, place)
        return Response(just_placed(order, _to_its_buyer), status=201)


def _buyer(caller: Caller, data: dict[str, Any]) -> Buyer:
    if caller.user is not None:
        return Buyer(email=caller.user.email, caller=caller.key, user_id=caller.user.pk)
    if not data.get("email"):
        raise Invalid(errors={"email": [_("Guests say where the order's mails go.")]})
    return Buyer(email=data["email"], caller=caller.key, cart_token_hash=caller.cart_token_hash)


def _wishes(caller: Caller, data: dict[str, Any], *, accept: bool) -> Wishes:
    if data.get("coupon"):
        raise Invalid(errors={"coupon": [_("There is no such coupon.")]})
    billing = data.get("billing_address_id")
    return Wishes(
        address=_address(caller, data.get("address_id"), data.get("address"), field="address_id"),
        billing_address=_address(caller, billing, None, field="billing_address_id") if billing else None,
        payment_method=data["payment_method"],
        shipping_method=data["shipping_method"],
        note=data["note"],
        gift_note=data["gift_note"],
        use_store_credit=data["use_store_credit"],
        accept_prices=accept,
    )


def _address(caller: Caller, kept: int | None, typed: dict | None, *, field: str) -> dict[str, str]:
    """A snapshot of a kept address of the caller, or of the one that was typed. Raises Invalid."""
    if kept is not None:
        mine = Address.objects.filter(user=caller.user, pk=kept).first() if caller.user else None
        if mine is None:
            raise Invalid(errors={field: [_("You have no such address.")]})
        return {name: getattr(mine, name) for name in address_rules.FIELDS}
    if typed is None:
        raise Invalid(errors={field: [_("Say where to send it: address_id, or address.")]})
    try:
        return address_rules.clean_address(typed)
    except Invalid as refusal:
        raise Invalid(errors={f"address.{name}": said for name, said in refusal.errors.items()}) from refusal


CHANGE = PolymorphicProxySerializer("OrderChange", [OrderStatusSerializer, PaymentMethodSerializer], None)
CHANGE.needs_all = True  # type: ignore[attr-defined]


class OrderView(APIView):
    shape = StaffOrderSerializer
    service_scopes = {"GET": "orders:read", "PATCH": "orders:ship"}
    permission_classes = [AllowAny]

    @extend_schema(summary="One order", responses=OrderSerializer, parameters=TOKENS, tags=["order"])
    def get(self, request: Request, order_id: int) -> Response:
        return Response(seen_by(caller_of(request), order_id), headers={"Cache-Control": "no-store"})

    @extend_schema(
        summary="Staff: the next status. The buyer of an unpaid order: another way of paying",
        request=CHANGE,
        responses=OrderSerializer,
        parameters=TOKENS,
        tags=["order"],
    )
    def patch(self, request: Request, order_id: int) -> Response:
        caller = caller_of(request)
        if isinstance(request.data, dict) and "payment_method" in request.data:
            if "status" in request.data:
                raise Invalid(errors={"status": [_("One thing at a time: status, or payment_method.")]})
            pay_another_way(caller, order_id, request.data)
            return Response(seen_by(caller, order_id))
        if not is_staff(caller):
            orders_of(caller).filter(pk=order_id).first() or _missing()
            raise NotAllowed
        wanted = OrderStatusSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        _move(order_id, caller, **wanted.validated_data)
        return Response(seen_by(caller, order_id))


class CancelOrderView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Cancel before it ships: stock and money go back",
        request=CancelSerializer,
        responses=OrderSerializer,
        parameters=TOKENS,
        tags=["order"],
    )
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        wanted = CancelSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        caller = caller_of(request)
        if not has_role(caller.user, "admin", "support"):
            orders_of(caller).filter(pk=order_id).exists() or _missing()
        said = wanted.validated_data
        cancel_order(
            order_id=order_id, at=timezone.now(), by=name_of(caller), reason=said["reason"], to=said["refund_to"]
        )
        return Response(seen_by(caller, order_id))


def seen_by(caller: Caller, order_id: int) -> dict[str, Any]:
    """The order as this caller may see it. Raises NotThere. A token for a day does not get the lasting one for it."""
    order = seen_order(visible_orders(caller).filter(pk=order_id)) or _missing()
    told = _to_its_buyer if caller.user is None and not caller.for_a_day else order_json
    return with_prospects(order, staff_order_json if is_staff(caller) else told)


def visible_orders(caller: Caller) -> QuerySet[Order]:
    """Own ones; all, for staff."""
    return Order.objects.all() if is_staff(caller) else orders_of(caller)


def _to_its_buyer(order: Order | SeenOrder) -> dict[str, Any]:
    return order_json(order, with_token=True)


def is_staff(caller: Caller) -> bool:
    return has_role(caller.user, *STAFF)


def name_of(caller: Caller) -> str:
    return caller.user.username if caller.user else "guest"


def _missing() -> Any:
    raise NotThere


def _move(order_id: int, caller: Caller, *, status: str, collected: bool, note: str) -> None:
    at, by = timezone.now(), name_of(caller)
    order = Order.objects.filter(pk=order_id).first() or _missing()
    if status == "shipped":
        ship_order(order_id=order_id, at=at, by=by, text=note)
    elif status == "delivered":
        deliver_order(order_id=order_id, at=at, by=by, collected=collected)
    elif status == "cancelled":
        if not has_role(caller.user, "admin", "support"):
            raise NotAllowed
        cancel_order(order_id=order_id, at=at, by=by, reason=note)
    elif status != api_status(order):
        raise WrongState(allowed=next_statuses(order))
