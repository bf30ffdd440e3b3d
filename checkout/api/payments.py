"""`/api/payment/`: start, confirm, read, refund; the gateway's own messages."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api import payment_serializers as s
from checkout.api.limits import begin_counted
from checkout.api.return_address import leaving
from checkout.order.models import Order
from checkout.order.rules import to_pay
from checkout.order.selectors import order_for, orders_of
from checkout.order.services.give_back import give_back
from checkout.order.services.open_checkout import open_checkout
from checkout.payment.errors import PaymentNotVerified, ProviderNotOffered
from checkout.payment.models import Payment
from checkout.payment.seen import SeenPayment, seen_payment
from checkout.payment.services.confirm_payment import confirm_payment
from checkout.payment.services.receive_webhook import receive_webhook
from shop.accounts.roles import has_role
from shop.core.api.caller import Caller, caller_of
from shop.core.api.fields import AMOUNT
from shop.core.api.idempotency import idempotency_key_of, idempotent
from shop.core.api.problems import TooLarge
from shop.core.errors import Invalid, NotAllowed, NotThere
from shop.core.money import InvalidAmount, Money
from shop.core.reading import is_any

REFUNDERS = ("admin", "support")
STARTED = OpenApiExample(
    "Started",
    {"razorpay_order_id": "order_Aa1Bb2Cc3Dd4Ee", "amount": 129900, "currency": "INR", "order_id": 42,
     "key_id": "rzp_test_Emulator000001",
     "prefill": {"name": "Asha Rao", "email": "asha@example.com", "contact": "+919845012345"}},
    response_only=True, status_codes=["201"],
)  # fmt: skip
STRIPE_STARTED = OpenApiExample(
    "Started",
    {"url": "https://checkout.stripe.com/c/pay/cs_test_a1B2", "session_id": "cs_test_a1B2", "amount": 129900,
     "currency": "INR", "order_id": 42},
    response_only=True, status_codes=["201"],
)  # fmt: skip
RETURNED = OpenApiExample(
    "From the checkout's handler",
    {"order_id": 42, "payment_method": "razorpay", "payment_id": "pay_Zz9Yy8Xx7Ww6Vv",
     "razorpay_order_id": "order_Aa1Bb2Cc3Dd4Ee",
     "razorpay_signature": "ebdd89fb82d810e0c242091ee16b8d52d34cbbbadb113c1f00fdbe39557c4599"},
    request_only=True,
)  # fmt: skip
PAID = OpenApiExample(
    "Paid",
    {"id": 7, "order_id": 42, "payment_id": "pay_Zz9Yy8Xx7Ww6Vv", "method": "razorpay", "instrument": "upi",
     "status": "paid", "amount": "1299.00", "refunded": "0.00", "currency": "INR",
     "created_at": "2026-11-23T06:30:00Z"},
    response_only=True, status_codes=["201"],
)  # fmt: skip
NOT_VERIFIED = OpenApiResponse(description="`payment_not_verified`, with `payment`: recorded; the order stays payable")
NO_ANSWER = OpenApiResponse(description="`gateway_unavailable`: nothing is decided, try again")


class StartRazorpayView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Open Razorpay's order for an order; again: the same one",
        request=s.StartPaymentSerializer,
        responses={201: s.RazorpayOrderSerializer, 503: NO_ANSWER},
        examples=[STARTED],
        tags=["payment"],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        order, _payment, options = _start(request, "razorpay")
        return Response(s.razorpay_order_json(order, options), status=201)


class StartStripeView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Open Stripe's page for an order; again: the same one",
        request=s.StartPaymentSerializer,
        responses={201: s.StripeSessionSerializer, 503: NO_ANSWER},
        examples=[STRIPE_STARTED],
        tags=["payment"],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        order, _payment, options = _start(request, "stripe")
        return Response(s.stripe_session_json(order, options), status=201)


class StartPaymentView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Begin to pay an order, whichever gateway it names; again: the same attempt",
        request=s.StartPaymentSerializer,
        responses={201: s.StartedPaymentSerializer, 503: NO_ANSWER},
        tags=["payment"],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        return Response(s.started_json(*_start(request)), status=201)


def _start(request: Request, gateway: str | None = None) -> tuple[Order, Payment, dict[str, Any]]:
    wanted = _read(s.StartPaymentSerializer, request)
    order = order_for(caller_of(request), wanted["order_id"])
    if gateway not in (None, order.payment_method):
        raise ProviderNotOffered(_("This order is paid another way."))
    begin = partial(open_checkout, order=order, at=timezone.now())
    payment, options = begin_counted(request, order, begin)
    return order, payment, leaving(payment, options, wanted.get("return_url", ""))


class ConfirmPaymentView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Tell what the checkout brought back; the gateway is asked",
        request=s.ConfirmPaymentSerializer,
        responses={201: s.PaymentSerializer, 202: s.PaymentSerializer, 400: NOT_VERIFIED, 503: NO_ANSWER},
        examples=[RETURNED, PAID],
        tags=["payment"],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        body = _read(s.ConfirmPaymentSerializer, request)
        order = order_for(caller_of(request), body["order_id"])
        _check_method(order, body["payment_method"])
        payment = _confirm(order, body)
        done = payment.status in (Payment.Status.PAID, Payment.Status.REFUNDED)
        return Response(s.payment_json(payment), status=201 if done else 202)


def _check_method(order: Order, named: str) -> None:
    if order.payment_method == "cod":
        raise ProviderNotOffered(_("This order is paid on delivery."))
    if named.lower() != order.payment_method and named.upper() not in s.INSTRUMENTS:
        raise Invalid(errors={"payment_method": [_("This order is not paid that way.")]})


def _confirm(order: Order, body: dict[str, Any]) -> Payment:
    try:
        return confirm_payment(
            reference=order.reference,
            provider=order.payment_method,
            amount=to_pay(order),
            payment_id=body["payment_id"],
            order_id=body.get("razorpay_order_id") or None,
            signature=body.get("razorpay_signature") or "",
        )
    except PaymentNotVerified as refusal:
        refusal.members["payment"] = s.payment_json(refusal.payment)
        raise


class PaymentView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(summary="One own payment", responses=s.PaymentSerializer, tags=["payment"])
    def get(self, request: Request, payment_id: int) -> Response:
        payment = seen_payment(Payment.objects.filter(pk=payment_id))
        if payment is None or not _may_see(caller_of(request), payment):
            raise NotThere
        return Response(s.payment_json(payment), headers={"Cache-Control": "no-store"})


class RefundView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Staff: give back all or a part, the way it was paid or as store credit",
        request=s.RefundBodySerializer,
        responses={201: s.RefundSerializer},
        tags=["payment"],
    )
    @idempotent
    def post(self, request: Request, payment_id: int) -> Response:
        caller = caller_of(request)
        payment = _payment_for(caller, payment_id)
        if caller.user is None or not has_role(caller.user, *REFUNDERS):
            raise NotAllowed
        body = _read(s.RefundBodySerializer, request)
        key = idempotency_key_of(request)
        refund = give_back(
            payment_id=payment.pk, amount=_minor(body.get("amount"), payment.currency), reason=body["reason"],
            by=caller.user.username, idempotency_key=f"{caller.key} {key}" if key else None, force=body["force"],
            to=body["to"],
        )  # fmt: skip
        payment.refresh_from_db()
        return Response(s.refund_json(refund, payment), status=201)


def _minor(text: str | None, currency: str) -> int | None:
    if text is None:
        return None
    try:
        if not AMOUNT.fullmatch(text):
            raise InvalidAmount(f"{text!r} is not an amount")
        amount = Money.parse(text, currency).minor
    except InvalidAmount as problem:
        raise Invalid(errors={"amount": [str(problem)]}) from problem
    if amount <= 0:
        raise Invalid(errors={"amount": [_("Must be more than nothing.")]})
    return amount


class WebhookView(APIView):
    """A gateway's messages, at its own pace. Answered when stored; handled afterwards, each once, in any order."""

    permission_classes = [AllowAny]
    authentication_classes: list = []

    @extend_schema(
        summary="A gateway's message, signed over the raw body",
        request={"application/json": {"type": "object"}},
        responses={
            200: OpenApiResponse(description="Stored"),
            400: OpenApiResponse(description="Not from the gateway"),
        },
        tags=["payment"],
    )
    def post(self, request: Request, gateway: str) -> Response:
        try:
            receive_webhook(provider=gateway, body=request._request.body, headers=request.headers)
        except RequestDataTooBig:
            raise TooLarge from None
        except ProviderNotOffered:
            raise NotThere from None
        return Response({"status": "stored"})


def _payment_for(caller: Caller, payment_id: int) -> Payment:
    """Raises NotThere."""
    payment = Payment.objects.filter(pk=payment_id).first()
    if payment is None or not _may_see(caller, payment):
        raise NotThere
    return payment


def _may_see(caller: Caller, payment: Payment | SeenPayment) -> bool:
    """One of the caller's orders; any, for staff that refunds."""
    if caller.user is not None and has_role(caller.user, *REFUNDERS):
        return True
    return is_any(orders_of(caller).filter(pk=s.order_id_of(payment) or 0))


def _read(serializer: type, request: Request) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return body.validated_data
