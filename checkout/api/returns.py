"""Sending back: buyers ask, support decides, receives and refunds."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api import parcel_serializers as s
from checkout.api.orders import TOKENS, is_staff, name_of
from checkout.api.parcels import visible_order
from checkout.order.models import Return
from checkout.order.seen_returns import SeenReturn, seen_return, seen_returns
from checkout.order.selectors import orders_of
from checkout.order.services.decide_return import decide_return
from checkout.order.services.receive_return import receive_return
from checkout.order.services.refund_return import refund_return
from checkout.order.services.request_return import request_return
from shop.accounts.roles import has_role
from shop.core.api.caller import Caller, caller_of
from shop.core.api.idempotency import idempotent_as_one
from shop.core.api.queries import choice_of
from shop.core.api.read_pages import Listed, paginate_read
from shop.core.errors import NotAllowed, NotThere
from shop.core.reading import Part

HANDLERS = ("admin", "support")


class OrderReturnsView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="The returns of an order",
        responses=s.ReturnSerializer(many=True),
        parameters=TOKENS,
        tags=["order"],
    )
    def get(self, request: Request, order_id: int) -> Response:
        caller = caller_of(request)

        def read(part: Part) -> tuple[list[SeenReturn], int]:
            found, count = seen_returns(part)
            if not found:
                visible_order(caller, order_id)
            return found, count

        listed = Listed(_visible(caller, order_id), "order_return.id DESC", read)
        return paginate_read(request, listed, s.return_json)

    @extend_schema(
        summary="Send pieces back, after delivery and within the return window",
        request=s.ReturnBodySerializer,
        responses={
            201: s.ReturnSerializer,
            409: OpenApiResponse(description="`not_returnable`, `return_window_over`, `not_exchangeable`"),
        },
        parameters=TOKENS,
        tags=["order"],
    )
    @idempotent_as_one
    def post(self, request: Request, order_id: int) -> Response:
        caller = caller_of(request)
        visible_order(caller, order_id)
        if not may_handle(caller) and not orders_of(caller).filter(pk=order_id).exists():
            raise NotAllowed
        body = s.ReturnBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        coming = request_return(
            order_id=order_id, items=wanted["items"], reason=wanted["reason"], exchanges=wanted["exchanges"],
            refund_to=wanted["refund_to"], at=timezone.now(), by=name_of(caller),
        )  # fmt: skip
        return Response(_shown(coming.pk, order_id), status=201)


class ReturnsView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Support: all returns, newest first",
        responses=s.ReturnSerializer(many=True),
        parameters=[OpenApiParameter("status", str, enum=Return.Status.values)],
        tags=["order"],
    )
    def get(self, request: Request) -> Response:
        if not may_handle(caller_of(request)):
            self.permission_denied(request)
        newest_first = "order_return.requested_at DESC, order_return.id DESC"
        listed = Listed(_of_status(Return.objects.all(), request), newest_first, seen_returns)
        return paginate_read(request, listed, s.return_json)


class ReturnView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="One return of an order", responses=s.ReturnSerializer, parameters=TOKENS, tags=["order"]
    )  # fmt: skip
    def get(self, request: Request, order_id: int, return_id: int) -> Response:
        returns = _visible(caller_of(request), order_id).filter(pk=return_id)
        return Response(_told(returns), headers={"Cache-Control": "no-store"})

    @extend_schema(
        summary="Support: approve, reject, receive, refund",
        request=s.ReturnStepSerializer,
        responses={200: s.ReturnSerializer, 409: OpenApiResponse(description="`wrong_state`, with `allowed`")},
        tags=["order"],
    )
    def patch(self, request: Request, order_id: int, return_id: int) -> Response:
        caller = caller_of(request)
        _find(caller, order_id, return_id)
        if not may_handle(caller):
            raise NotAllowed
        body = s.ReturnStepSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        _step(return_id, name_of(caller), **body.validated_data)
        return Response(_shown(return_id, order_id))


def may_handle(caller: Caller) -> bool:
    return has_role(caller.user, *HANDLERS)


def _find(caller: Caller, order_id: int, return_id: int) -> None:
    visible_order(caller, order_id)
    if not Return.objects.filter(pk=return_id, order_id=order_id).exists():
        raise NotThere


def _step(
    return_id: int, by: str, *, status: str, reason: str, written_off: list[int], exchange: bool, with_delivery: bool,
    proof: str, refund_to: str = "",
) -> None:  # fmt: skip
    at = timezone.now()
    if status in ("approved", "rejected"):
        decide_return(return_id=return_id, approve=status == "approved", exchange=exchange, answer=reason, at=at, by=by)
    elif status == "received":
        receive_return(return_id=return_id, written_off=written_off, at=at, by=by)
    else:
        refund_return(return_id=return_id, with_delivery=with_delivery, proof=proof, to=refund_to, at=at, by=by)


def _of_status(returns: QuerySet[Return], request: Request) -> QuerySet[Return]:
    """Raises Invalid."""
    status = choice_of(request, "status", Return.Status.values)
    return returns.filter(status=status) if status else returns


def _visible(caller: Caller, order_id: int) -> QuerySet[Return]:
    """Of an own order; of any, for staff."""
    returns = Return.objects.filter(order_id=order_id)
    return returns if is_staff(caller) else returns.filter(order__in=orders_of(caller))


def _shown(return_id: int, order_id: int) -> dict[str, Any]:
    """Raises NotThere."""
    return _told(Return.objects.filter(pk=return_id, order_id=order_id))


def _told(returns: QuerySet[Return]) -> dict[str, Any]:
    """The only one of these. Raises NotThere."""
    found = seen_return(returns)
    if found is None:
        raise NotThere
    return s.return_json(found)
