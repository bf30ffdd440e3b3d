"""Payments as JSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from checkout.api.cart_serializers import MONEY_EXAMPLE, StrictInteger, money
from checkout.api.return_address import ReturnUrlField
from checkout.order.models import Order
from checkout.payment.models import Payment, Refund
from checkout.payment.seen import SeenPayment

INSTRUMENTS = ("UPI", "CARD", "NETBANKING", "WALLET")
STATUSES = ["pending", "authorized", "paid", "failed", "refunded", "void"]
TOLD_AS = {"created": "pending", "requested": "pending"}


class StartPaymentSerializer(serializers.Serializer):
    order_id = StrictInteger(min_value=1, max_value=2**53)
    return_url = ReturnUrlField()


class RazorpayOrderSerializer(serializers.Serializer):
    """What OpenAPI shows; `razorpay_order_json` makes it."""

    razorpay_order_id = serializers.CharField()
    amount = serializers.IntegerField(help_text="In the smallest unit (paise)")
    currency = serializers.CharField()
    key_id = serializers.CharField()
    checkout_js = serializers.URLField(help_text="The gateway's own script, to be loaded in a browser")
    order_id = serializers.IntegerField()
    prefill = serializers.DictField(child=serializers.CharField())


class StripeSessionSerializer(serializers.Serializer):
    """What OpenAPI shows; `stripe_session_json` makes it."""

    url = serializers.URLField(
        help_text="Send the customer there; they come back to `return_url`, else to the shop's own pages"
    )
    session_id = serializers.CharField(help_text="The `payment_id` of `payment/create/`")
    amount = serializers.IntegerField(help_text="In the smallest unit (paise)")
    currency = serializers.CharField()
    order_id = serializers.IntegerField()


class StartedPaymentSerializer(serializers.Serializer):
    """What OpenAPI shows; `started_json` makes it."""

    order_id = serializers.IntegerField()
    payment_method = serializers.CharField()
    amount = serializers.IntegerField(help_text="In the smallest unit (paise)")
    currency = serializers.CharField()
    checkout = serializers.DictField(
        help_text="What the gateway's checkout needs; with `redirect_url`, send the customer there"
    )


class ConfirmPaymentSerializer(serializers.Serializer):
    order_id = StrictInteger(min_value=1, max_value=2**53)
    payment_method = serializers.CharField(max_length=20, help_text="The gateway, or UPI, CARD, NETBANKING, WALLET")
    payment_id = serializers.CharField(
        max_length=255, help_text="Razorpay: of the payment; Stripe: of the session or the payment"
    )
    razorpay_order_id = serializers.CharField(max_length=60, required=False, allow_null=True, allow_blank=True)
    razorpay_signature = serializers.CharField(max_length=256, required=False, allow_null=True, allow_blank=True)


class PaymentSerializer(serializers.Serializer):
    """What OpenAPI shows; `payment_json` makes it."""

    id = serializers.IntegerField()
    order_id = serializers.IntegerField(allow_null=True)
    payment_id = serializers.CharField(allow_null=True, help_text="The gateway's")
    method = serializers.CharField()
    instrument = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=STATUSES)
    amount = serializers.CharField(help_text=f"Decimal string, such as {MONEY_EXAMPLE}")
    refunded = serializers.CharField(help_text="Gone back, on its way, or given as store credit")
    currency = serializers.CharField()
    created_at = serializers.DateTimeField()


class RefundBodySerializer(serializers.Serializer):
    amount = serializers.CharField(max_length=20, required=False, allow_null=True, help_text="Absent: all that is left")
    reason = serializers.CharField(max_length=255)
    to = serializers.ChoiceField(choices=Refund.To.values, default=Refund.To.SOURCE)
    force = serializers.BooleanField(default=False, help_text="Also while the buyer disputes the payment at the bank")

    def validate_amount(self, text: str | None) -> str | None:
        if text is not None and not isinstance(self.initial_data["amount"], str):
            raise serializers.ValidationError("A decimal string, such as 1299.00.")
        return text


class RefundSerializer(serializers.Serializer):
    """What OpenAPI shows; `refund_json` makes it."""

    id = serializers.IntegerField()
    amount = serializers.CharField()
    currency = serializers.CharField()
    status = serializers.ChoiceField(choices=["pending", "processed", "failed"])
    to = serializers.ChoiceField(choices=Refund.To.values)
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    payment = PaymentSerializer()


def razorpay_order_json(order: Order, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "razorpay_order_id": options["order_id"],
        "amount": options["amount"],
        "currency": options["currency"],
        "key_id": options["key"],
        "checkout_js": settings.RAZORPAY_CHECKOUT_JS_URL,
        "order_id": order.pk,
        "prefill": prefill(order),
    }


def stripe_session_json(order: Order, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": options["redirect_url"],
        "session_id": options["session_id"],
        "amount": options["amount"],
        "currency": options["currency"],
        "order_id": order.pk,
    }


def started_json(order: Order, payment: Payment, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "order_id": order.pk,
        "payment_method": payment.provider,
        "amount": payment.amount,
        "currency": payment.currency,
        "checkout": options,
    }


def prefill(order: Order) -> dict[str, str]:
    address = order.address
    return {"name": address.get("name", ""), "email": order.email, "contact": address.get("phone", "")}


def payment_json(payment: Payment | SeenPayment) -> dict[str, Any]:
    return {
        "id": payment.pk,
        "order_id": order_id_of(payment),
        "payment_id": payment.provider_payment_id,
        "method": payment.provider,
        "instrument": payment.method,
        "status": TOLD_AS.get(payment.status, payment.status),
        "amount": money(payment.amount, payment.currency),
        "refunded": money(payment.refunded_amount, payment.currency),
        "currency": payment.currency,
        "created_at": payment.created_at,
    }


def refund_json(refund: Refund, payment: Payment) -> dict[str, Any]:
    return {
        "id": refund.pk,
        "amount": money(refund.amount, payment.currency),
        "currency": payment.currency,
        "status": TOLD_AS.get(refund.status, refund.status),
        "to": refund.to,
        "reason": refund.reason,
        "created_at": refund.created_at,
        "payment": payment_json(payment),
    }


def order_id_of(payment: Payment | SeenPayment) -> int | None:
    kind, _, pk = payment.reference.partition(":")
    return int(pk) if kind == "order" else None
