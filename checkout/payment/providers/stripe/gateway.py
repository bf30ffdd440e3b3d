"""Stripe behind the port: a Checkout Session is the order, its PaymentIntent the payment.

The customer pays on Stripe's own page. Sessions are made with a key of ours, so that a lost answer is asked for again.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings

from checkout.payment.errors import AlreadyPaid, GatewayOrderClosed, GatewayRefused, GatewayUnavailable
from checkout.payment.ports import GatewayDispute, GatewayMessage, GatewayOrder, GatewayPayment, GatewayRefund
from checkout.payment.providers.stripe import webhooks
from checkout.payment.providers.stripe.amounts import to_stripe
from checkout.payment.providers.stripe.client import call, wrong
from checkout.payment.providers.stripe.entities import (
    read_dispute,
    read_items,
    read_payment,
    read_refund,
    read_session,
)
from checkout.payment.providers.stripe.ids import checked_id, is_id
from checkout.payment.providers.stripe.wire import KeySpent
from shop.core.money import Money

logger = logging.getLogger(__name__)
MOST_ITEMS = 100
WITH_PAYMENT = "payment_intent.latest_charge.balance_transaction"  # in a list that is four levels, the most
T = TypeVar("T", GatewayOrder, GatewayRefund, GatewayDispute)


class Stripe:
    code = "stripe"
    # A session lives for a day; one that is handed out must leave the customer time to pay.
    order_lives = timedelta(hours=23)
    also_asks = ("checkout_options",)  # for the breaker: no question of most gateways

    def create_order(self, *, receipt: str, amount: Money, notes: Mapping[str, str]) -> GatewayOrder:
        wanted = _wanted_session(receipt, amount, notes)
        # A second session under another key does no harm: nobody is sent to the first.
        raw = _post(receipt, lambda api, key: api.v1.checkout.sessions.create(wanted, {"idempotency_key": key}))
        order = read_session(raw)
        if order.amount != amount or order.receipt != receipt:
            raise wrong("created session", (order.id, order.amount, order.receipt))
        return order

    def find_order(self, *, receipt: str, amount: Money) -> GatewayOrder | None:
        """Among the newest hundred. An older one is not missed: creating again with the same key gives it."""
        found = call(lambda api: api.v1.checkout.sessions.list({"limit": MOST_ITEMS}))
        orders = [read_session(item) for item in read_items(found) if item.get("client_reference_id") == receipt]
        return next((order for order in orders if order.amount == amount), None)

    def fetch_order(self, order_id: str) -> GatewayOrder:
        return read_session(self._session(order_id))

    def fetch_payment(self, payment_id: str) -> GatewayPayment:
        """By the id of the payment, or of the session that the browser brings back. Raises GatewayRefused: no payment."""
        session = self._session(payment_id) if is_id("cs", payment_id) else self._session_with(payment_id)
        payment = read_payment(session)
        if payment is None:
            raise GatewayRefused("Nothing was paid yet.", status=404, reason="no_payment")
        if payment_id not in (payment.id, session["id"]):
            raise wrong(f"id for {payment_id}", payment.id)
        return payment

    def payments_of(self, order_id: str) -> list[GatewayPayment]:
        payment = read_payment(self._session(order_id))
        return [] if payment is None else [payment]

    def capture(self, payment: GatewayPayment) -> GatewayPayment:
        asked, key = checked_id("pi", payment.id), f"capture-{payment.id}"
        try:
            call(lambda api: api.v1.payment_intents.capture(asked, {}, {"idempotency_key": key}))
        except (GatewayUnavailable, GatewayRefused):
            logger.info("stripe: no word on the capture of %s", asked)  # captured already, or the answer was lost
        return self.fetch_payment(asked)

    def close_order(self, order_id: str) -> None:
        asked = checked_id("cs", order_id)
        call(lambda api: api.v1.checkout.sessions.expire(asked))

    def refund(self, *, payment_id: str, amount: Money, key: str) -> GatewayRefund:
        """Looked for before it is made: Stripe forgets a key after a day, and our question may be older."""
        asked = checked_id("pi", payment_id)
        known = next((refund for refund in self.refunds_of(asked) if refund.receipt == key), None)
        wanted: Any = {"payment_intent": asked, "amount": to_stripe(amount), "metadata": {"receipt": key}}
        refund = known or read_refund(
            _post(key, lambda api, each: api.v1.refunds.create(wanted, {"idempotency_key": each}))
        )
        if refund.payment_id != asked or refund.amount != amount:
            raise wrong("refund", (refund.id, refund.payment_id, refund.amount))
        return refund

    def fetch_refund(self, refund_id: str) -> GatewayRefund:
        asked = checked_id("re", refund_id)
        return _same(read_refund(call(lambda api: api.v1.refunds.retrieve(asked))), asked)

    def refunds_of(self, payment_id: str) -> list[GatewayRefund]:
        asked = checked_id("pi", payment_id)
        found = call(lambda api: api.v1.refunds.list({"payment_intent": asked, "limit": MOST_ITEMS}))
        return [read_refund(item) for item in read_items(found)]

    def fetch_dispute(self, dispute_id: str) -> GatewayDispute:
        asked = checked_id("dp", dispute_id)
        return _same(read_dispute(call(lambda api: api.v1.disputes.retrieve(asked))), asked)

    def is_return_signed(self, *, order_id: str, payment_id: str, signature: str) -> bool:
        """Stripe signs no return: the browser names its session, and only what Stripe answers about it counts."""
        return bool(order_id) and self.is_payment_id(payment_id)

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> GatewayMessage:
        return webhooks.read(body, headers, secrets=settings.STRIPE_WEBHOOK_SECRETS)

    def reread_webhook(self, body: str) -> GatewayMessage:
        """A message about a payment does not name its session: that is asked for."""
        message = webhooks.parse(body.encode())
        if message.order_id or message.refund_id or message.dispute_id or not message.payment_id:
            return message
        try:
            return dataclasses.replace(message, order_id=self.fetch_payment(message.payment_id).order_id)
        except GatewayRefused:
            return message  # a payment that came another way than through a session

    def is_payment_id(self, text: str) -> bool:
        return is_id("pi", text) or is_id("cs", text)

    def checkout_options(self, *, order_id: str, amount: Money) -> dict[str, Any]:
        """Where the customer pays. Raises AlreadyPaid, GatewayOrderClosed."""
        session = self._session(order_id)
        if read_session(session).is_over:
            raise GatewayOrderClosed
        if session["status"] == "complete" or not session.get("url"):
            raise AlreadyPaid  # or the bank is still at it: nothing to be paid now
        return {
            "redirect_url": session["url"],
            "session_id": session["id"],
            "amount": amount.minor,
            "currency": amount.currency,
        }

    def _session(self, session_id: str) -> dict[str, Any]:
        asked = checked_id("cs", session_id)
        session = call(lambda api: api.v1.checkout.sessions.retrieve(asked, {"expand": [WITH_PAYMENT]}))
        if session.get("id") != asked:
            raise wrong(f"id for {asked}", session.get("id"))
        return session

    def _session_with(self, payment_id: str) -> dict[str, Any]:
        asked = checked_id("pi", payment_id)
        query: Any = {"payment_intent": asked, "limit": 1, "expand": [f"data.{WITH_PAYMENT}"]}
        items = read_items(call(lambda api: api.v1.checkout.sessions.list(query)))
        if not items:
            raise GatewayRefused("No session has this payment.", status=404, reason="resource_missing")
        return dict(items[0])


def _wanted_session(receipt: str, amount: Money, notes: Mapping[str, str]) -> Any:
    back = f"{settings.SITE_URL}/checkout/pay/back/stripe/{receipt}/"
    return {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": amount.currency.lower(),
                    "unit_amount": to_stripe(amount),
                    "product_data": {"name": settings.WAGTAIL_SITE_NAME},
                },
            }
        ],
        "client_reference_id": receipt,
        "metadata": dict(notes),
        "payment_intent_data": {"metadata": {**notes, "receipt": receipt}},  # a session's is not copied to its payment
        "success_url": f"{back}?paid={{CHECKOUT_SESSION_ID}}",
        "cancel_url": back,
    }


def _post(key: str, ask: Callable[[Any, str], Any]) -> dict[str, Any]:
    """Ask with our key; with another one when that can only bring the same failure again."""
    try:
        return call(lambda api: ask(api, key))
    except KeySpent:
        return call(lambda api: ask(api, f"{key}-again"))


def _same(answer: T, asked: str) -> T:
    if answer.id != asked:
        raise wrong(f"id for {asked}", answer.id)
    return answer
