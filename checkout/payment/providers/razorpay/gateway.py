"""Razorpay behind the port. INR first; amounts are integers of the minor unit on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.conf import settings

from checkout.payment.errors import GatewayRefused, GatewayUnavailable
from checkout.payment.ports import GatewayDispute, GatewayMessage, GatewayOrder, GatewayPayment, GatewayRefund
from checkout.payment.providers.razorpay import webhooks
from checkout.payment.providers.razorpay.client import call, checked_id, is_id, wrong
from checkout.payment.providers.razorpay.entities import (
    read_dispute,
    read_items,
    read_order,
    read_payment,
    read_refund,
)
from checkout.payment.providers.razorpay.signatures import is_signed
from shop.core.money import Money

MOST_ITEMS = 100
T = TypeVar("T", GatewayOrder, GatewayPayment, GatewayRefund, GatewayDispute)


class Razorpay:
    code = "razorpay"
    order_lives = None

    def create_order(self, *, receipt: str, amount: Money, notes: Mapping[str, str]) -> GatewayOrder:
        wanted = {"amount": amount.minor, "currency": amount.currency, "receipt": receipt, "notes": dict(notes)}
        order = read_order(call(lambda api: api.order.create(wanted)))
        if order.amount != amount or order.receipt != receipt:
            raise wrong("created order", (order.id, order.amount, order.receipt))
        return order

    def find_order(self, *, receipt: str, amount: Money) -> GatewayOrder | None:
        found = call(lambda api: api.order.all({"receipt": receipt, "count": MOST_ITEMS}))
        orders = [read_order(item) for item in reversed(read_items(found))]
        return next((order for order in orders if order.receipt == receipt and order.amount == amount), None)

    def fetch_order(self, order_id: str) -> GatewayOrder:
        asked = checked_id("order", order_id)
        return _same(read_order(call(lambda api: api.order.fetch(asked))), asked)

    def fetch_payment(self, payment_id: str) -> GatewayPayment:
        asked = checked_id("pay", payment_id)
        return _same(read_payment(call(lambda api: api.payment.fetch(asked))), asked)

    def payments_of(self, order_id: str) -> list[GatewayPayment]:
        asked = checked_id("order", order_id)
        items = read_items(call(lambda api: api.order.payments(asked)))
        payments = [read_payment(item) for item in reversed(items)]
        if any(payment.order_id != asked for payment in payments):
            raise wrong("order of a payment", asked)
        return payments

    def capture(self, payment: GatewayPayment) -> GatewayPayment:
        # The SDK writes the amount into the dict that it is given, and into a shared one if it is given none.
        fresh = {"currency": payment.amount.currency}
        try:
            answer = call(lambda api: api.payment.capture(payment.id, payment.amount.minor, fresh))
            return _same(read_payment(answer), payment.id)
        except (GatewayUnavailable, GatewayRefused):
            return self.fetch_payment(payment.id)  # captured already, or captured with the answer lost

    def close_order(self, order_id: str) -> None:
        """Razorpay's orders stay open for ever: what is paid on one that nobody waits for goes back."""

    def refund(self, *, payment_id: str, amount: Money, key: str) -> GatewayRefund:
        asked = checked_id("pay", payment_id)
        body = {"amount": amount.minor, "speed": "normal", "receipt": key}
        answer = call(lambda api: api.payment.refund(asked, body, headers={"X-Refund-Idempotency": key}))
        refund = read_refund(answer)
        if refund.payment_id != asked or refund.amount != amount:
            raise wrong("refund", (refund.id, refund.payment_id, refund.amount))
        return refund

    def fetch_refund(self, refund_id: str) -> GatewayRefund:
        asked = checked_id("rfnd", refund_id)
        return _same(read_refund(call(lambda api: api.refund.fetch(asked))), asked)

    def refunds_of(self, payment_id: str) -> list[GatewayRefund]:
        asked = checked_id("pay", payment_id)
        answer = call(lambda api: api.payment.fetch_multiple_refund(asked, {"count": MOST_ITEMS}))
        return [read_refund(item) for item in read_items(answer)]

    def fetch_dispute(self, dispute_id: str) -> GatewayDispute:
        asked = checked_id("disp", dispute_id)
        # A dict of our own: the SDK's default one is shared between calls.
        return _same(read_dispute(call(lambda api: api.dispute.fetch(asked, {}))), asked)

    def is_return_signed(self, *, order_id: str, payment_id: str, signature: str) -> bool:
        if not (is_id("order", order_id) and is_id("pay", payment_id)):
            return False
        secrets = [settings.RAZORPAY_KEY_SECRET, settings.RAZORPAY_FORMER_KEY_SECRET]
        return is_signed(f"{order_id}|{payment_id}".encode(), signature, secrets)

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> GatewayMessage:
        secrets, account = settings.RAZORPAY_WEBHOOK_SECRETS, settings.RAZORPAY_ACCOUNT_ID
        return webhooks.read(body, headers, secrets=secrets, account_id=account)

    def reread_webhook(self, body: str) -> GatewayMessage:
        return webhooks.parse(body.encode(), event_id="")

    def is_payment_id(self, text: str) -> bool:
        return is_id("pay", text)

    def checkout_options(self, *, order_id: str, amount: Money) -> dict[str, Any]:
        return {
            "key": settings.RAZORPAY_KEY_ID,
            "order_id": order_id,
            "amount": amount.minor,
            "currency": amount.currency,
        }


def _same(answer: T, asked: str) -> T:
    if answer.id != asked:
        raise wrong(f"id for {asked}", answer.id)
    return answer
